package dev.ganzoo.zoo.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers are a function of seed, purpose and index, the same on every machine and JDK. */
@Tag("pure")
class RandomnessTest {
    private static final Randomness LATENTS = Randomness.of(42).forPurpose("latent");

    @Test
    void numbersNeverChange() {
        assertThat(LATENTS.at(0).nextLong()).isEqualTo(8207597340861690040L);
        assertThat(LATENTS.at(1).nextLong()).isEqualTo(-6964065431062490020L);
        assertThat(LATENTS.at(-1).nextLong()).isEqualTo(-4128673195514597498L);
        assertThat(Randomness.of(0).at(0).nextLong()).isEqualTo(2415054838236743203L);
        assertThat(Randomness.of(-1).forPurpose("").at(7).nextLong()).isEqualTo(-7244819240344209388L);
        assertThat(Randomness.of(42).forPurpose("order").at(3).nextDouble()).isEqualTo(0.5837101519402501);
        assertThat(Randomness.of(42).forPurpose("order").at(3).nextInt(10)).isEqualTo(6);
    }

    @Test
    void gaussianNumbersNeverChange() {
        RandomGenerator first = LATENTS.at(0);
        assertThat(first.nextGaussian()).isEqualTo(1.0211106414004822);
        assertThat(first.nextGaussian()).isEqualTo(-0.8513031846562453);

        RandomGenerator random = Randomness.of(7).at(7);
        long digest = 0;
        for (int i = 0; i < 100_000; i++) {
            digest = 31 * digest + Double.doubleToLongBits(random.nextGaussian());
        }
        assertThat(digest).isEqualTo(-9095879209798000787L);
    }

    @Test
    void eachCallGivesAFreshGenerator() {
        RandomGenerator used = LATENTS.at(5);
        long first = used.nextLong();
        used.nextLong();

        assertThat(LATENTS.at(5).nextLong()).isEqualTo(first);
    }

    @Test
    void seedsPurposesAndIndicesDiffer() {
        Set<Long> firsts = new HashSet<>();
        String[] purposes = {"", "a", "b", "ab", "ba", "aa", "latent", "order"};
        for (long seed : new long[] {0, 1, 2, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            for (String purpose : purposes) {
                for (long index = -50; index < 50; index++) {
                    firsts.add(Randomness.of(seed).forPurpose(purpose).at(index).nextLong());
                }
            }
        }

        assertThat(firsts).hasSize(6 * purposes.length * 100);
    }

    @Test
    void purposesNest() {
        long nested = LATENTS.forPurpose("x").at(0).nextLong();

        assertThat(Randomness.of(42).forPurpose("latentx").at(0).nextLong()).isNotEqualTo(nested);
        assertThat(Randomness.of(42).forPurpose("x").forPurpose("latent").at(0).nextLong())
                .isNotEqualTo(nested);
    }

    @Test
    void firstNumbersOfNeighbouringIndicesAreStandardNormal() {
        int count = 100_000;
        double[] firsts = new double[count];
        for (int i = 0; i < count; i++) {
            firsts[i] = LATENTS.at(i).nextGaussian();
        }
        double correlation = 0;
        for (int i = 1; i < count; i++) {
            correlation += firsts[i] * firsts[i - 1] / count;
        }

        double error = 4 / Math.sqrt(count);
        assertThat(moment(firsts, 1)).isCloseTo(0, within(error));
        assertThat(moment(firsts, 2)).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(moment(firsts, 3)).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(moment(firsts, 4)).isCloseTo(3, within(error * Math.sqrt(96)));
        assertThat(correlation).isCloseTo(0, within(error));
    }

    private static double moment(double[] values, int order) {
        return DoubleStream.of(values)
                .map(value -> Math.pow(value, order))
                .average()
                .orElseThrow();
    }
}
