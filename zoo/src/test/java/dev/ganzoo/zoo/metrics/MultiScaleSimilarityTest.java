package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class MultiScaleSimilarityTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("images");

    @Test
    void isThatOfScipy() {
        for (String name : NUMPY.under("similarity")) {
            Tensor images = NUMPY.images(name);
            double[] pairs = MultiScaleSimilarity.between(every(images, 0), every(images, 1));
            NUMPY.check("similarity/" + name, pairs);
            assertThat(MultiScaleSimilarity.of(images)).isEqualTo(Score.of(pairs));
        }
    }

    @Test
    void ofEqualImagesIsOne() {
        Tensor images = NUMPY.images("rgb"), grey = Tensor.zeros(2, 1, 16, 16);

        assertThat(MultiScaleSimilarity.between(images, images))
                .containsExactly(new double[] {1, 1, 1, 1}, within(1e-12));
        assertThat(MultiScaleSimilarity.of(grey).mean()).isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesShapesThatCannotBeHalvedOrPaired() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiScaleSimilarity.of(Tensor.zeros(2, 1, 28, 28)))
                .withMessage("height and width must be multiples of 16, got 28 × 28");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiScaleSimilarity.of(Tensor.zeros(3, 1, 32, 32)))
                .withMessage("images must be an even number, >= 2, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiScaleSimilarity.between(Tensor.zeros(1, 1, 32, 32), Tensor.zeros(1, 3, 32, 32)))
                .withMessage("both batches of images must have the same shape, got [1, 1, 32, 32] and [1, 3, 32, 32]");
    }

    private static Tensor every(Tensor images, int offset) {
        int[] shape = images.shape().clone();
        int size = images.size() / shape[0];
        shape[0] /= 2;
        float[] half = new float[images.size() / 2];
        for (int i = 0; i < shape[0]; i++) {
            System.arraycopy(images.data(), (2 * i + offset) * size, half, i * size, size);
        }
        return Tensor.of(half, Arrays.copyOf(shape, 4));
    }
}
