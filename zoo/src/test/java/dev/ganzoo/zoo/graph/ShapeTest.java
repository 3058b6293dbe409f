package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ShapeTest {
    private static final Shape IMAGES = Shape.of(Shape.N, 3, 8, 8);

    @Test
    void printsMultiplesOfTheBatch() {
        assertThat(IMAGES).hasToString("(N, 3, 8, 8)");
        assertThat(Shape.of(4 * Shape.N, 8)).hasToString("(4N, 8)");
        assertThat(Shape.SCALAR).hasToString("()");
    }

    @Test
    void becomesConcreteAtABatchSize() {
        assertThat(IMAGES.at(5)).containsExactly(5, 3, 8, 8);
        assertThat(Shape.of(4 * Shape.N, 8).at(5)).containsExactly(20, 8);
        assertThat(Shape.of(2, 3).at(5)).containsExactly(2, 3);
    }

    @Test
    void findsTheBatchSizeOfConcreteExtents() {
        assertThat(IMAGES.batchOf(5, 3, 8, 8)).hasValue(5);
        assertThat(Shape.of(4 * Shape.N, 8).batchOf(20, 8)).hasValue(5);
        assertThat(Shape.of(2, 3).batchOf(2, 3)).isEmpty();
        assertThat(Shape.SCALAR.batchOf()).isEmpty();
    }

    @Test
    void refusesConcreteExtentsOfAnotherShape() {
        assertThatThrownBy(() -> IMAGES.batchOf(5, 3, 8, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape must be (N, 3, 8, 8), got [5, 3, 8, 9]");
        assertThatThrownBy(() -> IMAGES.batchOf(5, 3, 8)).hasMessageEndingWith("got [5, 3, 8]");
        assertThatThrownBy(() -> Shape.of(4 * Shape.N).batchOf(6)).hasMessage("shape must be (4N), got [6]");
        assertThatThrownBy(() -> Shape.of(Shape.N, Shape.N).batchOf(2, 3))
                .hasMessage("shape must be (N, N), got [2, 3]");
    }

    @Test
    void countsAxesFromTheEnd() {
        assertThat(IMAGES.extent(-1)).isEqualTo(8);
        assertThat(IMAGES.extent(-4)).isEqualTo(Shape.N);
    }

    @Test
    void extentsMustNotBeZero() {
        assertThatThrownBy(() -> Shape.of(2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("extents must not be 0, got [2, 0]");
    }

    @Test
    void isNotChangedThroughItsArrays() {
        int[] extents = {2, 3};
        Shape shape = Shape.of(extents);
        extents[0] = 7;
        shape.extents()[1] = 7;

        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    }

    @Test
    void broadcastsFromTheEnd() {
        assertThat(IMAGES.broadcastWith(Shape.of(3, 1, 1))).isEqualTo(IMAGES);
        assertThat(Shape.of(8).broadcastWith(IMAGES)).isEqualTo(IMAGES);
        assertThat(Shape.SCALAR.broadcastWith(IMAGES)).isEqualTo(IMAGES);
        assertThat(Shape.of(Shape.N, 1, 4).broadcastWith(Shape.of(3, 1))).isEqualTo(Shape.of(Shape.N, 3, 4));
        assertThat(Shape.of(1, 3).broadcastWith(Shape.of(Shape.N, 3))).isEqualTo(Shape.of(Shape.N, 3));
    }

    @Test
    void broadcastNeverGuessesTheBatchSize() {
        for (Shape other : new Shape[] {Shape.of(4, 3), Shape.of(2 * Shape.N, 3), Shape.of(Shape.N, 2)}) {
            assertThatThrownBy(() -> Shape.of(Shape.N, 3).broadcastWith(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("shapes must broadcast, got (N, 3) and " + other);
        }
    }

    @Test
    void holdsAsManyWhateverTheBatchSize() {
        assertThat(IMAGES.holdsAsManyAs(Shape.of(Shape.N, 192))).isTrue();
        assertThat(IMAGES.holdsAsManyAs(Shape.of(3 * Shape.N, 64))).isTrue();
        assertThat(IMAGES.holdsAsManyAs(Shape.of(192))).isFalse();
        assertThat(IMAGES.holdsAsManyAs(Shape.of(Shape.N, Shape.N, 192))).isFalse();
        assertThat(IMAGES.holdsAsManyAs(Shape.of(Shape.N, 191))).isFalse();
        assertThat(Shape.SCALAR.holdsAsManyAs(Shape.of(1, 1))).isTrue();
    }
}
