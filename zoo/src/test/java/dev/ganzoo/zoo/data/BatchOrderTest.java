package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class BatchOrderTest {
    private static int[] epoch(BatchOrder order, long number) {
        return LongStream.range(0, order.batchesPerEpoch())
                .flatMap(batch -> IntStream.of(order.indices(number * order.batchesPerEpoch() + batch))
                        .asLongStream())
                .mapToInt(index -> (int) index)
                .toArray();
    }

    @Test
    void everySampleComesOnceAnEpoch() {
        var order = BatchOrder.of(1, 60, 12);
        for (long number : new long[] {0, 1, 7, 1_000_000_000_000L}) {
            assertThat(IntStream.of(epoch(order, number)).sorted())
                    .containsExactly(IntStream.range(0, 60).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void leavesOutWhatFillsNoBatchAnotherEachEpoch() {
        var order = BatchOrder.of(1, 64, 10);
        assertThat(order.batchesPerEpoch()).isEqualTo(6);
        assertThat(epoch(order, 0)).hasSize(60).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 50)
                        .flatMap(e -> IntStream.of(epoch(order, e)))
                        .distinct()
                        .count())
                .isEqualTo(64);
        assertThat(order.epoch(5)).isZero();
        assertThat(order.epoch(6)).isEqualTo(1);
    }

    @Test
    void isTheSameInWhicheverOrderItIsAsked() {
        var forward = BatchOrder.of(42, 50, 8);
        var backward = BatchOrder.of(42, 50, 8);
        int[][] asked = new int[30][];
        for (int i = 29; i >= 0; i--) {
            asked[i] = backward.indices(i);
        }
        for (int i = 0; i < 30; i++) {
            assertThat(forward.indices(i)).containsExactly(asked[i]);
            assertThat(BatchOrder.of(42, 50, 8).indices(i)).containsExactly(asked[i]);
        }
    }

    @Test
    void differsBetweenEpochsAndSeeds() {
        var order = BatchOrder.of(1, 50, 50);
        assertThat(order.indices(0)).isNotEqualTo(order.indices(1));
        assertThat(order.indices(0)).isNotEqualTo(BatchOrder.of(2, 50, 50).indices(0));
    }

    @Test
    void everyPlaceIsAsLikelyForEverySample() {
        var order = BatchOrder.of(3, 6, 6);
        var counts = new int[6][6];
        for (int epoch = 0; epoch < 6_000; epoch++) {
            int[] indices = order.indices(epoch);
            for (int place = 0; place < 6; place++) {
                counts[place][indices[place]]++;
            }
        }
        // 1,000 expected with a standard deviation of 29; five of them either way.
        assertThat(Stream.of(counts).flatMapToInt(IntStream::of)).allMatch(count -> Math.abs(count - 1_000) < 145);
    }

    @Test
    void theBatchMustFitTheDataset() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchOrder.of(1, 10, 64))
                .withMessage("batch size must be in [1, 10] (the number of samples), got 64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchOrder.of(1, 10, 5).indices(-1))
                .withMessage("batch must be at least 0, got -1");
    }
}
