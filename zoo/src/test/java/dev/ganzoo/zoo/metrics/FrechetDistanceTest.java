package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FrechetDistanceTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("features");

    @Test
    void isThatOfScipyAlsoWithoutFullRank() {
        for (String name : NUMPY.under("fid")) {
            String[] sets = name.split("/");
            double distance = FrechetDistance.between(statistics(sets[0]), statistics(sets[1]));
            NUMPY.check("fid/" + name, distance);
            assertThat(FrechetDistance.between(statistics(sets[1]), statistics(sets[0])))
                    .isCloseTo(distance, within(1e-12 + 1e-9 * distance));
        }
    }

    @Test
    void ofConstantFeaturesIsThatOfTheMeans() {
        GaussianStatistics zeros = GaussianStatistics.of(Features.of(new float[6], 3, 2));
        GaussianStatistics threes = GaussianStatistics.of(Features.of(new float[] {3, 4, 3, 4}, 2, 2));

        assertThat(FrechetDistance.between(zeros, threes)).isEqualTo(25);
        assertThat(FrechetDistance.between(zeros, zeros)).isZero();
    }

    @Test
    void ofOneFeatureIsThatOfTwoNormalDistributions() {
        var a = new GaussianStatistics(0, new double[] {1}, new double[] {9});
        var b = new GaussianStatistics(0, new double[] {3}, new double[] {4});

        assertThat(FrechetDistance.between(a, b)).isCloseTo(4 + 1, within(1e-12));
    }

    @Test
    void mergesBlocksAsIfTheyWereOne() {
        float[] values = new float[1500 * 300];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1e4 + Math.sin(i * i));
        }
        Features all = Features.of(values, 1500, 300);
        GaussianStatistics.Accumulator pieces = GaussianStatistics.accumulator(300);
        int from = 0;
        for (int rows : new int[] {1, 700, 0, 511, 288}) {
            pieces.add(Features.of(Arrays.copyOfRange(values, from * 300, (from + rows) * 300), rows, 300));
            from += rows;
        }
        GaussianStatistics statistics = GaussianStatistics.of(all);

        assertThat(pieces.statistics()).isEqualTo(statistics);
        assertThat(pieces.statistics()).isEqualTo(statistics).hasSameHashCodeAs(statistics);
        double[] mean = new double[300];
        for (int i = 0; i < values.length; i++) {
            mean[i % 300] += values[i] / 1500.0;
        }
        assertThat(statistics.mean()).containsExactly(mean, within(1e-8));
        for (int i : new int[] {0, 17, 299}) {
            for (int j : new int[] {0, 150, 298}) {
                double covariance = 0;
                for (int row = 0; row < 1500; row++) {
                    covariance += (values[row * 300 + i] - mean[i]) * (values[row * 300 + j] - mean[j]) / 1499;
                }
                assertThat(statistics.covariance()[i * 300 + j]).isCloseTo(covariance, within(1e-11));
            }
        }
    }

    @Test
    void refusesWhatHasNoCovariance() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianStatistics.of(Features.of(new float[2], 1, 2)))
                .withMessage("covariance needs at least 2 images, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianStatistics(1, new double[1], new double[1]))
                .withMessage("covariance needs at least 2 images (0: unknown), got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianStatistics(0, new double[2], new double[2]))
                .withMessage("covariance must have 2 × 2 values as the mean has 2, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianStatistics(0, new double[2], new double[] {1, 0.5, 0.4, 1}))
                .withMessage("covariance must be symmetric, got 0.4 at (1, 0) and 0.5 at (0, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianStatistics(0, new double[2], new double[] {1, 0, 0, -1}))
                .withMessage("variances must be >= 0, got -1.0 of feature 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianStatistics(0, new double[] {0, Double.NaN}, new double[4]))
                .withMessage("mean must be finite, got NaN at position 1");
    }

    @Test
    void refusesWidthsThatDiffer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(statistics("real"), statistics("few")))
                .withMessage("both statistics must have the same width, got 16 and 24");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianStatistics.accumulator(3).add(NUMPY.features("real")))
                .withMessage("features must have width 3 as those before, got 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianStatistics.accumulator(0))
                .withMessage("width must be in 1..16384, got 0");
    }

    private static GaussianStatistics statistics(String name) {
        return GaussianStatistics.of(NUMPY.features(name));
    }
}
