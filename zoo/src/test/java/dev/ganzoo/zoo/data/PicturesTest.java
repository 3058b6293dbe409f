package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class PicturesTest {
    @TempDir
    Path folder;

    private static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 10 * x << 16 | 20 * y << 8 | 7);
            }
        }
        return picture;
    }

    @Test
    void aPictureOfTheRightSizeKeepsItsPixels() throws IOException {
        Path file = folder.resolve("picture.png");
        Files.write(file, Png.encode(picture(4, 3)));
        Tensor tensor = Pictures.read(file, new ImageShape(3, 3, 4));
        assertThat(tensor.shape()).containsExactly(1, 3, 3, 4);
        assertThat(tensor.data()[1]).isEqualTo(10 / 255f);
        assertThat(tensor.data()[12 + 4]).isEqualTo(20 / 255f);
        assertThat(tensor.data()[35]).isEqualTo(7 / 255f);
    }

    @Test
    void theMiddleIsTakenInTheShapesProportions() {
        Tensor tensor = Pictures.of(picture(9, 3), new ImageShape(3, 3, 3));
        assertThat(tensor.data()[0]).isEqualTo(30 / 255f);
        assertThat(tensor.data()[2]).isEqualTo(50 / 255f);
        assertThat(Pictures.of(picture(10, 7), new ImageShape(3, 4, 5)).shape()).containsExactly(1, 3, 4, 5);
    }

    @Test
    void colourBecomesLuma() {
        Tensor tensor = Pictures.of(picture(2, 2), new ImageShape(1, 2, 2));
        assertThat(tensor.data()[3]).isEqualTo(Math.round(.299f * 10 + .587f * 20 + .114f * 7) / 255f);
        assertThatThrownBy(() -> Pictures.of(picture(2, 2), new ImageShape(4, 2, 2)))
                .hasMessage("channels must be 1 or 3, got 4");
    }
}
