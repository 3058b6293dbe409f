package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.random.Randomness;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class OpTest {
    private static final Randomness NOISE = Randomness.of(4);

    @Test
    void aDropMaskZeroesItsPartAndKeepsTheMean() {
        float[] mask = new Op.DropMask("drop", 0.2, Shape.of(Shape.N, 100))
                .sample(100, NOISE, 0)
                .data();

        assertThat(IntStream.range(0, mask.length).filter(i -> mask[i] == 0).count())
                .isBetween(1_850L, 2_150L);
        assertThat(IntStream.range(0, mask.length)
                        .mapToDouble(i -> mask[i])
                        .average()
                        .orElseThrow())
                .isCloseTo(1, within(0.02));
        assertThat(mask).containsOnly(0, 1.25f);
    }

    @Test
    void masksAreFunctionsOfNoiseNameAndIndex() {
        Op.DropMask drop = new Op.DropMask("drop", 0.5, Shape.of(Shape.N, 50));
        float[] mask = drop.sample(2, NOISE, 0).data();

        assertThat(drop.sample(2, NOISE, 0).data()).containsExactly(mask);
        assertThat(drop.sample(2, NOISE, 1).data()).isNotEqualTo(mask);
        assertThat(drop.sample(2, NOISE.forPurpose("other"), 0).data()).isNotEqualTo(mask);
        assertThat(new Op.DropMask("other", 0.5, drop.shape())
                        .sample(2, NOISE, 0)
                        .data())
                .isNotEqualTo(mask);
    }
}
