package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class DivergenceTest {
    @TempDir
    private Path folder;

    @Test
    void samplesMayStartAllTheSameButNotBecomeSo() throws IOException {
        Divergence divergence = new Divergence(Checkpoints.of(folder));
        divergence.checkSamples(samples(0.001), 8, 1);
        divergence.checkSamples(samples(0.4), 8, 2);
        divergence.checkSamples(samples(0.05), 8, 3);

        assertThatThrownBy(() -> divergence.checkSamples(samples(0), 8, 4))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "differences between samples \\(0\\.3\\d before\\) must not vanish, got 0\\.0 at step 4; "
                                + "there is no checkpoint before it");
    }

    @Test
    void theSameImageOfEveryLatentIsACollapseHoweverRich() throws IOException {
        Divergence divergence = new Divergence(Checkpoints.of(folder));
        Tensor diverse = samples(0.4);
        divergence.checkSamples(diverse, 8, 1);
        Tensor same = samples(0.4);
        int values = same.size() / 8;
        for (int image = 1; image < 8; image++) {
            System.arraycopy(same.data(), 0, same.data(), image * values, values);
        }

        assertThatCode(() -> divergence.checkSamples(diverse, 8, 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> divergence.checkSamples(same, 8, 3)).isInstanceOf(TrainingDivergedException.class);
    }

    @Test
    void oneImageAClassIsACollapseHoweverMuchClassesDiffer() throws IOException {
        Divergence divergence = new Divergence(Checkpoints.of(folder));
        divergence.checkSamples(samples(0.4), 4, 1);
        Tensor classes = samples(0.4);
        int values = classes.size() / 8;
        for (int image = 0; image < 8; image++) {
            System.arraycopy(classes.data(), image / 4 * 4 * values, classes.data(), image * values, values);
        }

        assertThatCode(() -> divergence.checkSamples(classes, 8, 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> divergence.checkSamples(classes, 4, 3)).isInstanceOf(TrainingDivergedException.class);
    }

    @Test
    void goesOnFromWhatWasKnownBefore() throws IOException {
        Divergence before = new Divergence(Checkpoints.of(folder));
        before.checkSamples(samples(0.4), 8, 1);
        Divergence after = new Divergence(Checkpoints.of(folder));
        after.restore(before.diversity());

        assertThatThrownBy(() -> after.checkSamples(samples(0), 8, 2)).isInstanceOf(TrainingDivergedException.class);
    }

    private static Tensor samples(double deviation) {
        return Init.normal(0.2, deviation)
                .sample(new int[] {8, 3, 4, 4}, Randomness.of(1).at(0));
    }
}
