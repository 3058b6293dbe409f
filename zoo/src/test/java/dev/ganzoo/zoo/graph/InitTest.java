package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class InitTest {
    private static final int[] KERNEL = {64, 32, 3, 3};

    @Test
    void constantIsTheSameEverywhere() {
        assertThat(sample(Init.constant(0.25), 2, 3))
                .isEqualTo(Tensor.of(new float[] {.25f, .25f, .25f, .25f, .25f, .25f}, 2, 3));
    }

    @Test
    void normalHasItsMeanAndDeviation() {
        Tensor values = sample(Init.normal(1, 0.02), KERNEL);

        assertThat(mean(values)).isCloseTo(1, within(5 * 0.02 / Math.sqrt(values.size())));
        assertThat(deviation(values)).isCloseTo(0.02, within(0.02 * 0.03));
    }

    @Test
    void uniformFillsItsBounds() {
        assertUniform(sample(Init.uniform(0.3), KERNEL), 0.3);
    }

    @Test
    void xavierCountsTheReceptiveFieldOfAKernel() {
        double bound = Math.sqrt(2) * Math.sqrt(6.0 / (32 * 9 + 64 * 9));

        assertUniform(sample(Init.xavierUniform(Math.sqrt(2)), KERNEL), bound);
    }

    @Test
    void xavierOfAMatrix() {
        assertUniform(sample(Init.xavierUniform(1), 200, 100), Math.sqrt(6.0 / 300));
    }

    @Test
    void xavierNeedsTwoAxes() {
        assertThatThrownBy(() -> sample(Init.xavierUniform(1), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("xavier initialisation needs at least 2 axes, got 1");
    }

    @ParameterizedTest
    @CsvSource({"8, 30", "30, 8", "12, 12"})
    void orthogonalHasOrthonormalRowsOrColumns(int rows, int columns) {
        Tensor kernel = sample(Init.orthogonal(2), rows, columns / 2, 2, 1);

        int count = Math.min(rows, columns);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                assertThat(product(kernel, i, j, rows, columns)).isCloseTo(i == j ? 4 : 0, within(1e-5));
            }
        }
    }

    /** The product of two rows of a matrix, or of two columns if it has fewer. */
    private static double product(Tensor matrix, int i, int j, int rows, int columns) {
        return rows < columns
                ? IntStream.range(0, columns)
                        .mapToDouble(k -> matrix.data()[i * columns + k] * matrix.data()[j * columns + k])
                        .sum()
                : IntStream.range(0, rows)
                        .mapToDouble(k -> matrix.data()[k * columns + i] * matrix.data()[k * columns + j])
                        .sum();
    }

    @Test
    void orthogonalNeedsTwoAxes() {
        assertThatThrownBy(() -> sample(Init.orthogonal(1), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orthogonal initialisation needs at least 2 axes, got 1");
    }

    @Test
    void unitVectorHasLengthOneAndNoPreferredDirection() {
        Tensor vector = sample(Init.unitVector(), 10_000);

        assertThat(Math.sqrt(values(vector).map(value -> value * value).sum())).isCloseTo(1, within(1e-6));
        assertThat(values(vector).sum()).isCloseTo(0, within(5.0));
        assertThat(sample(Init.unitVector(), 1).data()[0])
                .satisfiesAnyOf(
                        value -> assertThat(value).isEqualTo(1f),
                        value -> assertThat(value).isEqualTo(-1f));
    }

    @Test
    void theSameGeneratorGivesTheSameValues() {
        for (Init init : new Init[] {
            Init.normal(0, 1), Init.uniform(1), Init.xavierUniform(1), Init.orthogonal(1), Init.unitVector()
        }) {
            assertThat(sample(init, 4, 4)).isEqualTo(sample(init, 4, 4));
        }
    }

    private static Tensor sample(Init init, int... shape) {
        return init.sample(shape, Randomness.of(3).at(0));
    }

    private static void assertUniform(Tensor values, double bound) {
        assertThat(values(values)).allMatch(value -> Math.abs(value) <= bound);
        assertThat(values(values).max().orElseThrow()).isGreaterThan(0.99 * bound);
        assertThat(values(values).min().orElseThrow()).isLessThan(-0.99 * bound);
        assertThat(mean(values)).isCloseTo(0, within(5 * bound / Math.sqrt(3 * values.size())));
        assertThat(deviation(values)).isCloseTo(bound / Math.sqrt(3), within(0.03 * bound));
    }

    private static double mean(Tensor values) {
        return values(values).average().orElseThrow();
    }

    private static double deviation(Tensor values) {
        double mean = mean(values);
        return Math.sqrt(values(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    private static DoubleStream values(Tensor tensor) {
        return IntStream.range(0, tensor.size()).mapToDouble(i -> tensor.data()[i]);
    }
}
