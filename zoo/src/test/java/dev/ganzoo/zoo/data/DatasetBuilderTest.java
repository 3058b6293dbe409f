package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
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
    void refusesImagesOfAnotherSizeAndNone() {
        DatasetBuilder begun = Dataset.named("colours").add("red", picture(4, 4, 0));
        assertThatThrownBy(() -> begun.add("red", picture(4, 6, 0)))
                .hasMessage("image 1 of dataset colours must be 4 × 4 pixels as the first, got 4 × 6");
        assertThatThrownBy(Dataset.named("none")::build)
                .hasMessage("dataset none must have at least one image, got none");
    }
}
