package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SlicedWassersteinTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("images");

    @Test
    void isThatOfScipyForGivenPatchesAndDirections() {
        for (String name : NUMPY.under("swd")) {
            String[] parts = name.split("/");
            int channels = NUMPY.images(parts[0]).shape()[1];
            float[] values = NUMPY.features("directions/" + channels).values();
            double[][] directions = new double[6][channels * 49];
            for (int i = 0; i < values.length; i++) {
                directions[i / (channels * 49)][i % (channels * 49)] = values[i];
            }
            int height = Integer.parseInt(parts[2]);
            NUMPY.check(
                    "swd/" + name,
                    SlicedWasserstein.between(patches(parts[0], height), patches(parts[1], height), directions));
        }
    }

    @Test
    void dependsOnTheSeedAlone() {
        Tensor rgb = NUMPY.images("rgb"), blurred = NUMPY.images("blurred");
        SlicedWasserstein distance = SlicedWasserstein.of(rgb, blurred, 1);

        assertThat(distance.byResolution().keySet()).containsExactly(32, 16);
        assertThat(distance.average())
                .isEqualTo((distance.byResolution().get(32)
                                + distance.byResolution().get(16))
                        / 2);
        assertThat(SlicedWasserstein.of(rgb, blurred, 1)).isEqualTo(distance);
        assertThat(SlicedWasserstein.of(rgb, blurred, 2)).isNotEqualTo(distance);
    }

    @Test
    void isSmallerForTheSameImages() {
        Tensor rgb = NUMPY.images("rgb"), blurred = NUMPY.images("blurred");
        Map<Integer, Double> same = SlicedWasserstein.of(rgb, rgb, 1).byResolution();
        Map<Integer, Double> other = SlicedWasserstein.of(rgb, blurred, 1).byResolution();

        assertThat(other)
                .allSatisfy((resolution, distance) -> assertThat(distance).isGreaterThan(1.5 * same.get(resolution)));
    }

    @Test
    void goesDownToSixteenPixels() {
        Tensor grey = NUMPY.images("grey");

        assertThat(SlicedWasserstein.of(grey, NUMPY.images("other"), 0)
                        .byResolution()
                        .keySet())
                .containsExactly(64, 32, 16);
        Tensor tall = Tensor.of(Arrays.copyOf(grey.data(), 2 * 28 * 48), 2, 1, 48, 28);
        assertThat(SlicedWasserstein.of(tall, tall, 0).byResolution().keySet()).containsExactly(48);
    }

    @Test
    void pyramidsOfConstantImagesAreZeroButForTheLast() {
        double[] constant = new double[32 * 16];
        Arrays.fill(constant, 7);
        for (double[] level : LaplacianPyramid.of(constant, 32, 16, 3).subList(0, 2)) {
            assertThat(level).containsOnly(0);
        }
        assertThat(LaplacianPyramid.of(constant, 32, 16, 3).get(2))
                .hasSize(8 * 4)
                .containsOnly(7);
    }

    @Test
    void refusesImagesThatDoNotVaryOrFit() {
        Tensor grey = NUMPY.images("grey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.of(grey, Tensor.zeros(2, 1, 64, 64), 0))
                .withMessage("fake images must vary, but channel 0 is constant at 64 × 64 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.of(grey, Tensor.zeros(3, 1, 64, 64), 0))
                .withMessage(
                        "real and fake images must have the same shape (N, C, H, W), got [2, 1, 64, 64] and [3, 1, 64, 64]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.of(Tensor.zeros(1, 1, 8, 32), Tensor.zeros(1, 1, 8, 32), 0))
                .withMessage("height and width must be at least 16, got 8 × 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.of(Tensor.zeros(1, 1, 34, 33), Tensor.zeros(1, 1, 34, 33), 0))
                .withMessage("height and width must be multiples of 2, got 34 × 33");
    }

    @Test
    void directionsInPiecesGiveTheSame() {
        PatchSet a = patches("rgb", 32), b = patches("blurred", 32);
        double[][] directions = new double[2][147];
        directions[0][3] = 1;
        directions[1][77] = -1;
        double first = SlicedWasserstein.between(a, b, new double[][] {directions[0]});
        double second = SlicedWasserstein.between(a, b, new double[][] {directions[1]});

        assertThat(SlicedWasserstein.between(a, b, directions)).isCloseTo((first + second) / 2, within(1e-9));
    }

    private static PatchSet patches(String name, int height) {
        Tensor images = NUMPY.images(name);
        int[] shape = images.shape();
        int levels = Integer.numberOfTrailingZeros(shape[2] / 8);
        int level = Integer.numberOfTrailingZeros(shape[2] / height);
        float[] pixels = SlicedWasserstein.levels(images, levels).get(level);
        int[] corners = NUMPY.indices("corners/" + name + "/" + height);
        return new PatchSet(name, pixels, shape[0], shape[1], height, height, corners);
    }
}
