package dev.ganzoo.zoo.graph.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;

/** Assertions that arrays are nearly equal. */
public final class Closeness {
    private Closeness() {}

    /** Every value of {@code actual} within {@code tolerance}, relative to the largest value expected (or 1). */
    public static void assertClose(String what, DoubleTensor actual, Tensor expected, double tolerance) {
        assertClose(what, actual, DoubleTensor.of(expected), tolerance);
    }

    /** As above. */
    public static void assertClose(String what, Tensor actual, DoubleTensor expected, double tolerance) {
        assertClose(what, DoubleTensor.of(actual), expected, tolerance);
    }

    /** As above. */
    public static void assertClose(String what, DoubleTensor actual, DoubleTensor expected, double tolerance) {
        assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
        double scale = 1;
        for (double value : expected.data()) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.data()[i]).as("%s[%d]", what, i).isCloseTo(expected.data()[i], within(tolerance * scale));
        }
    }
}
