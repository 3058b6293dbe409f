package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.zoo.data.BatchOrder;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class DatasetFeedTest {
    private static final int LATENT = 5;

    @TempDir
    private Path folder;

    private Dataset dataset;
    private Feed feed;

    @BeforeEach
    void makeFeed() throws IOException {
        dataset = TinyRuns.dataset(folder, 4);
        feed = new DatasetFeed(dataset, 3, LATENT, 11);
    }

    @Test
    void realImagesComeInTheOrderOfTheSeed() {
        BatchOrder order = BatchOrder.of(11, 8, 3);
        for (long index = 0; index < 5; index++) {
            Feed.Batch batch = feed.real(index);

            int[] samples = order.indices(index);
            assertThat(batch.values()).isEqualTo(dataset.images(samples));
            for (int i = 0; i < samples.length; i++) {
                float[] row = Arrays.copyOfRange(batch.classWeights().data(), 2 * i, 2 * i + 2);
                assertThat(row)
                        .containsExactly(dataset.label(samples[i]) == 0 ? new float[] {1, 0} : new float[] {0, 1});
            }
        }
    }

    @Test
    void batchesAreFunctionsOfTheirIndex() {
        Feed again = new DatasetFeed(dataset, 3, LATENT, 11);
        again.generatorLatents(3);

        assertThat(again.generatorLatents(8)).isEqualTo(feed.generatorLatents(8));
        assertThat(again.discriminatorLatents(8)).isEqualTo(feed.discriminatorLatents(8));
        assertThat(again.real(8)).isEqualTo(feed.real(8));
    }

    @Test
    void latentsDifferByIndexPurposeAndSeed() {
        Feed other = new DatasetFeed(dataset, 3, LATENT, 12);

        assertThat(feed.generatorLatents(0).values())
                .isNotEqualTo(feed.generatorLatents(1).values())
                .isNotEqualTo(feed.discriminatorLatents(0).values())
                .isNotEqualTo(other.generatorLatents(0).values());
    }

    @Test
    void fixedLatentsOfAClassStartAlike() {
        Feed.Batch few = DatasetFeed.fixedLatents(2, 2, LATENT, 11);
        Feed.Batch many = DatasetFeed.fixedLatents(2, 4, LATENT, 11);

        assertThat(rows(few.values(), 0, 2)).containsExactly(rows(many.values(), 0, 2));
        assertThat(rows(few.values(), 2, 4)).containsExactly(rows(many.values(), 4, 6));
        assertThat(few.classWeights().data()).containsExactly(1, 0, 1, 0, 0, 1, 0, 1);
    }

    private static float[] rows(Tensor z, int from, int to) {
        return Arrays.copyOfRange(z.data(), from * LATENT, to * LATENT);
    }
}
