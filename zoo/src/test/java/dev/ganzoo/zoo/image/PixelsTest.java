package dev.ganzoo.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PixelsTest {
    @Test
    void roundsHalfUpAndClamps() {
        assertThat(Pixels.fromFloat(-1)).isEqualTo(0);
        assertThat(Pixels.fromFloat(1)).isEqualTo(255);
        assertThat(Pixels.fromFloat(0)).isEqualTo(128);
        assertThat(Pixels.fromFloat(-7)).isEqualTo(0);
        assertThat(Pixels.fromFloat(Float.POSITIVE_INFINITY)).isEqualTo(255);
        assertThat(Pixels.fromFloat(Float.NaN)).isEqualTo(0);
    }

    @Test
    void everyPixelValueSurvivesAsFloat() {
        for (int pixel = 0; pixel < 256; pixel++) {
            assertThat(Pixels.fromFloat(Pixels.toFloat(pixel))).isEqualTo(pixel);
        }
    }

    @Test
    void readsChannelsFirst() {
        float[] data = new float[2 * 3 * 2 * 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = Pixels.toFloat(10 * i);
        }
        Tensor images = Tensor.of(data, 2, 3, 2, 2);

        BufferedImage second = Pixels.image(images, 1);

        assertThat(second.getRGB(1, 0) & 0xFFFFFF).isEqualTo(130 << 16 | 170 << 8 | 210);
        assertThat(Pixels.bytes(images)[23]).isEqualTo((byte) 230);
        assertThat(Pixels.images(images)).hasSize(2);
        assertThat(Pixels.tensor(second).data()).containsExactly(Arrays.copyOfRange(data, 12, 24));
    }

    @Test
    void greyStaysGrey() {
        Tensor images = Tensor.of(new float[] {-1, Pixels.toFloat(77)}, 1, 1, 1, 2);

        BufferedImage image = Pixels.image(images, 0);

        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(image.getRaster().getSample(1, 0, 0)).isEqualTo(77);
        assertThat(Pixels.tensor(image)).isEqualTo(images);
    }

    @Test
    void refusesOtherShapes() {
        assertThatThrownBy(() -> Pixels.images(Tensor.zeros(1, 2, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images must have shape (N, C, H, W) with C = 1 or 3, got [1, 2, 4, 4]");
        assertThatThrownBy(() -> Pixels.image(Tensor.zeros(2, 1, 4, 4), 2))
                .hasMessage("image index must be in 0..1, got 2");
    }
}
