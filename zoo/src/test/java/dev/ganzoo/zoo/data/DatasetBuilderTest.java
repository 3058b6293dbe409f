package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DatasetBuilderTest {
    private static BufferedImage picture(int width, int height, int colour) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, colour);
        }
        return picture;
    }

    @Test
    void keepsPixelsAndNumbersClassesAsTheyAppear() {
        Dataset dataset = Dataset.named("colours")
                .add("red", picture(4, 4, 0xFF0000))
                .add("teal", picture(4, 4, 0x008080))
                .add("red", picture(4, 4, 0xFE0000))
                .split(Split.TEST)
                .build();

        assertThat(dataset).hasToString("colours test: 3 images (3, 4, 4) of 2 classes");
        assertThat(dataset.classNames()).containsExactly("red", "teal");
        assertThat(dataset.labels(0, 1, 2)).containsExactly(0, 1, 0);
        assertThat(dataset.pixels(1)).startsWith((byte) 0).endsWith((byte) 0x80).hasSize(48);
        assertThat(dataset.withChannels(1).channels()).isEqualTo(1);
    }

    @Test
    void takesPicturesAndAnOrderOfClasses() {
        Dataset dataset = Dataset.named("greys")
                .classes(List.of("light", "dark"))
                .add("dark", new Picture(1, 1, 2, new byte[] {3, 4}))
                .build();

        assertThat(dataset.classNames()).containsExactly("light", "dark");
        assertThat(dataset.label(0)).isEqualTo(1);
        assertThat(dataset.pixels(0)).containsExactly(3, 4, 3, 4, 3, 4);
        assertThatThrownBy(
                        () -> Dataset.named("late").add("a", picture(1, 1, 0)).classes(List.of("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("classes must be given before pictures");
    }

    @Test
    void refusesImagesOfAnotherSizeAndNone() {
        DatasetBuilder begun = Dataset.named("colours").add("red", picture(4, 4, 0));
        assertThatThrownBy(() -> begun.add("red", picture(4, 6, 0)))
                .hasMessage("image 1 of dataset colours must be 4 × 4 pixels as the first, got 4 × 6");
        assertThatThrownBy(Dataset.named("none")::build)
                .hasMessage("dataset none must have at least one image, got none");
    }
}
