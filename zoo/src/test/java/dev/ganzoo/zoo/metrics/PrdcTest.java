package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PrdcTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("features");

    @Test
    void isThatOfNumpyWithTies() {
        for (String name : NUMPY.under("prdc")) {
            String[] parts = name.split("/");
            Features real = NUMPY.features(parts[0]), fake = NUMPY.features(parts[1]);
            int neighbours = Integer.parseInt(parts[2]);
            PrecisionRecall shares = PrecisionRecall.of(real, fake, neighbours);
            DensityCoverage counts = DensityCoverage.of(real, fake, neighbours);
            NUMPY.check("prdc/" + name, shares.precision(), shares.recall(), counts.density(), counts.coverage());
            assertThat(Prdc.of(real, fake, neighbours)).isEqualTo(new Prdc(shares, counts));
        }
    }

    @Test
    void panelsMakeNoDifference() {
        float[] values = new float[1300 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * i);
        }
        Features real = Features.of(Arrays.copyOf(values, 1100 * 2), 1100, 2);
        Features fake = Features.of(Arrays.copyOfRange(values, 600 * 2, 1300 * 2), 700, 2);
        double[] radii = new double[1100];
        for (int i = 0; i < 1100; i++) {
            double[] distances = new double[1100];
            for (int j = 0; j < 1100; j++) {
                distances[j] = distance(real, i, real, j);
            }
            Arrays.sort(distances);
            radii[i] = distances[5];
        }
        long inside = 0, covered = 0;
        for (int i = 0; i < 1100; i++) {
            long before = inside;
            for (int j = 0; j < 700; j++) {
                inside += distance(real, i, fake, j) < radii[i] ? 1 : 0;
            }
            covered += inside > before ? 1 : 0;
        }

        assertThat(DensityCoverage.of(real, fake, 5))
                .isEqualTo(new DensityCoverage(inside / (5.0 * 700), covered / 1100.0));
    }

    @Test
    void ofConstantFeaturesAllCoincides() {
        Features ones = Features.of(new float[] {1, 1, 1, 1, 1, 1}, 3, 2);
        Features twos = Features.of(new float[] {2, 2, 2, 2, 2, 2}, 3, 2);

        assertThat(PrecisionRecall.of(ones, ones, 2)).isEqualTo(new PrecisionRecall(1, 1));
        assertThat(PrecisionRecall.of(ones, twos, 2)).isEqualTo(new PrecisionRecall(0, 0));
        assertThat(DensityCoverage.of(ones, ones, 2))
                .as("open balls of radius 0")
                .isEqualTo(new DensityCoverage(0, 0));
        assertThat(PrecisionRecall.of(ones, twos, 2).fScore()).isZero();
        assertThat(new PrecisionRecall(0.5, 1).fScore()).isEqualTo(1 / 1.5);
    }

    @Test
    void refusesSetsWithTooFewNeighbours() {
        Features two = Features.of(new float[4], 2, 2), three = Features.of(new float[6], 3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(three, two, 2))
                .withMessage("neighbours must be in 1..1 for 3 real and 2 fake images, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DensityCoverage.of(three, two, 3))
                .withMessage("neighbours must be in 1..2 for 3 real and 2 fake images, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prdc.of(three, two, 0))
                .withMessage("neighbours must be in 1..1 for 3 real and 2 fake images, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prdc.of(three, Features.of(new float[3], 1, 3), 1))
                .withMessage("real and fake features must have the same width, got 2 and 3");
    }

    private static double distance(Features a, int i, Features b, int j) {
        double x = (double) a.values()[2 * i] - b.values()[2 * j];
        double y = (double) a.values()[2 * i + 1] - b.values()[2 * j + 1];
        return x * x + y * y;
    }
}
