package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class KernelDistanceTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("features");

    @Test
    void isThatOfNumpyOnGivenSubsets() {
        for (String name : NUMPY.under("kid")) {
            String[] sets = name.split("/");
            Features real = NUMPY.features(sets[0]).select(NUMPY.indices("subset/real/" + name));
            Features fake = NUMPY.features(sets[1]).select(NUMPY.indices("subset/fake/" + name));
            NUMPY.check("kid/" + name, KernelDistance.between(real, fake));
        }
    }

    @Test
    void panelsAddUpToTheWhole() {
        float[] values = new float[2 * 700 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * i) + (i < 2100 ? 0 : 1);
        }
        Features real = Features.of(Arrays.copyOf(values, 2100), 700, 3);
        Features fake = Features.of(Arrays.copyOfRange(values, 2100, 4200), 700, 3);
        double expected = 0;
        for (int i = 0; i < 700; i++) {
            for (int j = 0; j < 700; j++) {
                double within = i == j ? 0 : kernel(real, i, real, j) + kernel(fake, i, fake, j);
                expected += within / (700.0 * 699) - 2 * kernel(real, i, fake, j) / (700.0 * 700);
            }
        }

        assertThat(KernelDistance.between(real, fake)).isCloseTo(expected, within(1e-10));
    }

    @Test
    void dependsOnTheSeedAloneAndWholeSetsNotEvenOnIt() {
        Features real = NUMPY.features("real"), fake = NUMPY.features("fake");
        Score score = KernelDistance.of(real, fake, 5, 100, 3);

        assertThat(KernelDistance.of(real, fake, 5, 100, 3)).isEqualTo(score);
        assertThat(KernelDistance.of(real, fake, 5, 100, 4)).isNotEqualTo(score);
        Score whole = KernelDistance.of(fake, fake.select(0, 1, 2, 3), 3, 4, 1);
        assertThat(whole.std()).isPositive();
        Score fixed = KernelDistance.of(real.select(5, 6, 7), fake.select(1, 2, 3), 3, 3, 1);
        assertThat(fixed.std()).isCloseTo(0, within(1e-6 * Math.abs(fixed.mean())));
    }

    @Test
    void ofConstantFeaturesIsZero() {
        Features zeros = Features.of(new float[20], 10, 2);

        assertThat(KernelDistance.of(zeros, zeros, 2, 5, 0)).isEqualTo(new Score(0, 0));
    }

    @Test
    void refusesSubsetsThatCannotBeDrawn() {
        Features two = Features.of(new float[4], 2, 2), three = Features.of(new float[6], 3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDistance.of(three, two, 1, 3, 0))
                .withMessage("subset size must be in 2..2, the number of images of the smaller set, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDistance.of(three, two, 1, 1, 0))
                .withMessage("subset size must be in 2..2, the number of images of the smaller set, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDistance.of(three, two, 0, 2, 0))
                .withMessage("subsets must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDistance.of(three, Features.of(new float[4], 4, 1), 1, 2, 0))
                .withMessage("real and fake features must have the same width, got 2 and 1");
    }

    private static double kernel(Features a, int i, Features b, int j) {
        double product = 0;
        for (int k = 0; k < 3; k++) {
            product += (double) a.values()[i * 3 + k] * b.values()[j * 3 + k];
        }
        return Math.pow(product / 3 + 1, 3);
    }
}
