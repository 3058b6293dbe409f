package dev.ganzoo.zoo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.NoiseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class ImageSourceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        NoiseImages.write(folder, 3);
    }

    @Test
    void aFolderOfSubfoldersHasClasses() throws IOException {
        ImageSource images = ImageSource.folder(folder);

        assertThat(images.size()).isEqualTo(6);
        assertThat(images.classNames()).containsExactly("a", "b");
        assertThat(images.label(2)).isZero();
        assertThat(images.label(3)).isEqualTo(1);
        assertThat(images.pictures(4, 2)).hasSize(2).allMatch(p -> p.shape().equals(new ImageShape(3, 32, 32)));
    }

    @Test
    void aFolderWithImagesInItHasNone() throws IOException {
        Files.copy(folder.resolve("a/0.png"), folder.resolve("top.png"));

        ImageSource images = ImageSource.folder(folder);

        assertThat(images.size()).isEqualTo(7);
        assertThat(images.classNames()).isEmpty();
        assertThat(images.label(0)).isEqualTo(-1);
        assertThatThrownBy(() -> images.ofClass("a"))
                .hasMessageEndingWith("has no labels, so that no class can be chosen");
    }

    @Test
    void classesAndSizesAreChosen() throws IOException {
        ImageSource images = ImageSource.folder(folder);
        ImageSource ofB = images.ofClass("B").fitted(new ImageShape(1, 8, 16));

        assertThat(ofB.size()).isEqualTo(3);
        assertThat(ofB.label(0)).isEqualTo(1);
        assertThat(ofB.pictures(0, 1).get(0).shape()).isEqualTo(new ImageShape(1, 8, 16));
        assertThat(ofB.facts())
                .containsEntry("classes", "only b")
                .containsEntry("prepared", "the middle of each image, bicubic with antialias, to (1, 8, 16)");
        assertThatThrownBy(() -> images.ofClass("bb"))
                .hasMessage("unknown class \"bb\"; did you mean \"b\"? (known: a, b)");
    }

    @Test
    void aFingerprintIsThatOfTheContent() throws IOException {
        String before = ImageSource.folder(folder).fingerprint();

        assertThat(ImageSource.folder(folder).fingerprint()).isEqualTo(before);
        assertThat(ImageSource.folder(folder).ofClass("a").fingerprint()).isNotEqualTo(before);
        Files.copy(folder.resolve("a/0.png"), folder.resolve("a/3.png"));
        assertThat(ImageSource.folder(folder).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aFileThatDoesNotReadIsNamed() throws IOException {
        Files.writeString(folder.resolve("a/1.png"), "no picture");
        ImageSource images = ImageSource.folder(folder);

        assertThatThrownBy(() -> images.pictures(0, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "a/1.png".replace("/", folder.getFileSystem().getSeparator()))
                .hasMessageContaining("expected PNG, JPEG, BMP or GIF");
    }

    @Test
    void foldersAreFoundByNameAndSplit() throws IOException {
        Files.createDirectories(folder.resolve("data/test"));
        Files.move(folder.resolve("a"), folder.resolve("data/test/a"));

        assertThat(ImageSource.named(folder.resolve("data") + ":test").size()).isEqualTo(3);
        assertThatThrownBy(() -> ImageSource.named(folder.resolve("data") + ":train"))
                .hasMessageEndingWith("data must have a folder train in it, found none");
        assertThatThrownBy(() -> ImageSource.named("cifar10:tset"))
                .hasMessage("split must be one of [train, test], got \"tset\"");
        assertThatThrownBy(() -> ImageSource.named("cifar11"))
                .hasMessageStartingWith("unknown dataset \"cifar11\"; did you mean \"cifar10\"?");
    }

    @Test
    void whatIsNoFolderOfImagesIsNamed() {
        assertThatThrownBy(() -> ImageSource.folder(folder.resolve("none"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> {
                    Files.createDirectories(folder.resolve("empty"));
                    ImageSource.folder(folder.resolve("empty"));
                })
                .hasMessageEndingWith("must have images (PNG, JPEG, BMP or GIF), found none");
    }
}
