package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DatasetTest {
    private static Dataset dataset(int channels, int size, boolean blackMargin, int count) {
        var shape = new Dataset.Shape(channels, size, size);
        // Chunks of two images, so that three images take more than one array.
        var pixels = new PixelStore(count, shape.values(), 2 * shape.values());
        var labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            for (int k = 0; k < shape.values(); k++) {
                pixels.array(i)[pixels.offset(i) + k] = TinyDatasets.pixel(i, k);
            }
        }
        return new Dataset("made-up", Split.TRAIN, List.of("a", "b"), shape, blackMargin, labels, pixels);
    }

    @Test
    void floatsRunFromMinusOneToOne() {
        Dataset dataset = dataset(1, 16, false, 3);
        for (int i = 0; i < 3; i++) {
            var floats = new float[2 + 256];
            dataset.copy(i, floats, 2);
            byte[] bytes = dataset.pixels(i);
            for (int k = 0; k < 256; k++) {
                assertThat(floats[2 + k]).isEqualTo((bytes[k] & 0xFF) / 127.5f - 1);
            }
        }
        var floats = new float[256];
        dataset.copy(0, floats, 0);
        assertThat(floats).contains(-1f, 1f);
    }

    @Test
    void givesABatchAsTensorAndLabels() {
        Dataset dataset = dataset(3, 4, false, 5);
        Tensor batch = dataset.images(4, 1);
        assertThat(batch.shape()).containsExactly(2, 3, 4, 4);
        var second = new float[48];
        dataset.copy(1, second, 0);
        assertThat(batch.data()).endsWith(second);
        assertThat(dataset.labels(4, 1)).containsExactly(0, 1);
    }

    @Test
    void theMeanImageIsThatOfAllImages() {
        Dataset dataset = dataset(3, 4, false, 5);
        float[] images = dataset.unitImages(0, 1, 2, 3, 4).data();

        Tensor mean = dataset.meanImage();

        assertThat(mean.shape()).containsExactly(1, 3, 4, 4);
        for (int k = 0; k < 48; k++) {
            double sum = 0;
            for (int n = 0; n < 5; n++) {
                sum += images[n * 48 + k];
            }
            assertThat(mean.data()[k]).isCloseTo((float) (sum / 5), within(1e-6f));
        }
    }

    @Test
    void limitKeepsTheFirst() {
        Dataset dataset = dataset(1, 4, false, 5).limit(2);
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.limit(7)).isSameAs(dataset);
        assertThatThrownBy(() -> dataset.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dataset.pixels(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dataset.copy(2, new float[16], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataset.limit(0))
                .withMessage("limit must be at least 1, got 0");
    }

    @Test
    void imagesOnBlackGrowByAMarginThatKeepsTheirPixels() {
        Dataset small = dataset(1, 28, true, 2);
        Dataset large = small.resizedTo(32);
        byte[] before = small.pixels(1);
        byte[] after = large.pixels(1);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                boolean margin = y < 2 || y >= 30 || x < 2 || x >= 30;
                assertThat(after[y * 32 + x]).isEqualTo(margin ? 0 : before[(y - 2) * 28 + x - 2]);
            }
        }
    }

    @Test
    void otherImagesAreResampled() {
        Dataset dataset = dataset(3, 8, false, 3);
        Dataset half = dataset.resizedTo(4);
        assertThat(half).hasToString("made-up train: 3 images (3, 4, 4) of 2 classes");
        var expected = new byte[48];
        new Resampler(8, 8, 4, 4).resize(dataset.pixels(2), 3, expected, 0);
        assertThat(half.pixels(2)).isEqualTo(expected);
        assertThat(dataset.resizedTo(8)).isSameAs(dataset);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataset.resizedTo(0))
                .withMessage("image size must be at least 1, got 0");
    }

    @Test
    void channelsGoFromGreyToRgbAndBack() {
        Dataset grey = dataset(1, 4, false, 2);
        Dataset rgb = grey.withChannels(3);
        assertThat(rgb.pixels(1)).startsWith(grey.pixels(1)).endsWith(grey.pixels(1));
        assertThat(rgb.withChannels(1).pixels(1)).isEqualTo(grey.pixels(1));
        assertThat(rgb.withChannels(3)).isSameAs(rgb);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grey.withChannels(4))
                .withMessage("channels must be 1 or 3, got 4");
    }

    @Test
    void fingerprintIsOfTheContent() {
        Dataset dataset = dataset(1, 4, false, 3);
        assertThat(dataset.fingerprint())
                .hasSize(64)
                .isEqualTo(dataset(1, 4, true, 3).fingerprint())
                .isNotEqualTo(dataset.limit(2).fingerprint())
                .isNotEqualTo(dataset.withChannels(3).fingerprint());
    }

    @Test
    void labelsMustNameAClass() {
        var shape = new Dataset.Shape(1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Dataset("x", Split.TRAIN, List.of("a"), shape, false, new int[] {1}, new PixelStore(1, 1)))
                .withMessage("labels of x must be in [0, 1), got 1");
    }
}
