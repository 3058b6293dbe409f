package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ImageFolderTest {
    @TempDir
    private Path folder;

    private Path save(String path, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        String format = path.substring(path.lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static BufferedImage flat(int width, int height, int type, Color colour) {
        var image = new BufferedImage(width, height, type);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static BufferedImage flat(Color colour) {
        return flat(6, 6, BufferedImage.TYPE_INT_RGB, colour);
    }

    private Dataset load(int size) throws IOException {
        return new ImageFolder(folder).load(Split.TRAIN, LoadOptions.defaults().size(size));
    }

    private static int[] colourOf(Dataset dataset, int index) {
        byte[] pixels = dataset.pixels(index);
        int plane = dataset.height() * dataset.width();
        return new int[] {pixels[0] & 0xFF, pixels[plane] & 0xFF, pixels[2 * plane] & 0xFF};
    }

    @Test
    void classesAreSubfoldersInOrderAndSamplesGoRoundThem() throws IOException {
        save("dog/1.png", flat(Color.RED));
        save("dog/2.png", flat(Color.GREEN));
        save("dog/deeper/3.png", flat(Color.BLUE));
        save("cat/b.PNG", flat(Color.WHITE));
        Files.writeString(folder.resolve("dog/notes.txt"), "not an image");
        Dataset dataset = load(4);
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(dataset.labels(0, 1, 2, 3)).containsExactly(0, 1, 1, 1);
        assertThat(colourOf(dataset, 1)).containsExactly(255, 0, 0);
        assertThat(colourOf(dataset, 3)).containsExactly(0, 0, 255);
        assertThat(dataset.name()).isEqualTo(folder.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "jpeg", "bmp", "gif"})
    void readsEveryFormat(String extension) throws IOException {
        save("a/x." + extension, flat(new Color(200, 100, 50)));
        int[] colour = colourOf(load(4), 0);
        assertThat(colour[0]).isBetween(197, 203);
        assertThat(colour[1]).isBetween(97, 103);
        assertThat(colour[2]).isBetween(47, 53);
    }

    @ParameterizedTest
    @CsvSource({"png, 10", "jpg, 10", "png, 11"})
    void greyKeepsItsValues(String extension, int type) throws IOException {
        var image = new BufferedImage(5, 5, type);
        int sample = type == BufferedImage.TYPE_USHORT_GRAY ? 100 * 257 : 100;
        image.getRaster()
                .setPixels(
                        0, 0, 5, 5, IntStream.generate(() -> sample).limit(25).toArray());
        save("a/x." + extension, image);
        assertThat(colourOf(load(5), 0)).containsExactly(100, 100, 100);
    }

    @Test
    void transparencyIsLaidOnWhite() throws IOException {
        save("a/half.png", flat(4, 4, BufferedImage.TYPE_INT_ARGB, new Color(255, 0, 0, 51)));
        save("a/none.png", new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB));
        Dataset dataset = load(4);
        assertThat(colourOf(dataset, 0)).containsExactly(255, 204, 204);
        assertThat(colourOf(dataset, 1)).containsExactly(255, 255, 255);
    }

    @Test
    void cutsTheCentreSquareAndResizesIt() throws IOException {
        BufferedImage wide = flat(20, 8, BufferedImage.TYPE_INT_RGB, Color.RED);
        var graphics = wide.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(6, 0, 8, 8);
        graphics.dispose();
        save("a/wide.png", wide);
        Dataset dataset = load(4);
        assertThat(dataset.pixels(0)).startsWith(new byte[32]);
        assertThat(dataset.pixels(0)[47] & 0xFF).isEqualTo(255);
    }

    @Test
    void splitsAreTheFoldersTrainAndTestWhereThereAreSuch() throws IOException {
        save("train/a/1.png", flat(Color.RED));
        save("test/a/1.png", flat(Color.BLUE));
        var options = LoadOptions.defaults().size(2).channels(1);
        assertThat(new ImageFolder(folder).load(Split.TRAIN, options).pixels(0)).containsOnly(76);
        assertThat(new ImageFolder(folder).load(Split.TEST, options).pixels(0)).containsOnly(29);
    }

    @Test
    void aLimitReadsNoMoreThanIsKept() throws IOException {
        save("a/1.png", flat(Color.RED));
        save("b/1.png", flat(Color.RED));
        Files.writeString(folder.resolve("a/2.png"), "broken, but never read");
        Dataset dataset =
                new ImageFolder(folder).load(Split.TRAIN, LoadOptions.defaults().limit(2));
        assertThat(dataset.labels(0, 1)).containsExactly(0, 1);
        assertThat(dataset.height()).isEqualTo(64);
    }

    @Test
    void whatIsWrongWithAFolderIsSaid() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> new ImageFolder(folder).load(Split.TEST, LoadOptions.defaults()))
                .withMessage(
                        "image folder %s has no test split: expected the folders train and test in it, found neither",
                        folder);
        save("x.png", flat(Color.RED));
        assertThatIOException()
                .isThrownBy(() -> load(4))
                .withMessage("image folder %s must have one subfolder per class, found none (1 images)", folder);
        Files.createDirectories(folder.resolve("empty"));
        assertThatIOException()
                .isThrownBy(() -> load(4))
                .withMessage(
                        "class folder %s must have at least one image (bmp, gif, jpeg, jpg, png), found none",
                        folder.resolve("empty"));
    }

    @Test
    void aBrokenImageIsNamed() throws IOException {
        Path file = save("a/x.png", flat(Color.RED));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatIOException().isThrownBy(() -> load(4)).withMessageStartingWith("cannot read image " + file + ": ");
        Files.writeString(file, "no image at all");
        assertThatIOException()
                .isThrownBy(() -> load(4))
                .withMessage("cannot read image %s: expected PNG, JPEG, BMP or GIF, found another format", file);
    }
}
