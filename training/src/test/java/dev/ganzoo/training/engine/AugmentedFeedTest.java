package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.augmentation.Augmentation;
import dev.ganzoo.training.augmentation.Picture;
import dev.ganzoo.zoo.data.BatchOrder;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class AugmentedFeedTest {
    private static final Augmentation ALL = new Augmentation(0.7, 0.1, 0.1, 0.1, 0.1, 0.5);

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void makeImages() throws IOException {
        dataset = TinyRuns.dataset(folder, 4);
    }

    @Test
    void withoutAugmentationImagesAreThoseOfTheDataset() {
        LabelledFeed feed = new AugmentedFeed(dataset, Augmentation.NONE, 3, 11);
        for (long index = 0; index < 5; index++) {
            int[] samples = BatchOrder.of(11, 8, 3).indices(index);

            Feed.Batch batch = feed.batch(index);

            Tensor images = dataset.images(samples);
            for (int i = 0; i < images.size(); i++) {
                assertThat(Math.abs(batch.values().data()[i] - images.data()[i]))
                        .isLessThan(1e-6f);
            }
            assertThat(batch.classWeights()).isEqualTo(Labels.oneHot(dataset.labels(samples), 2));
        }
    }

    @Test
    void aChangeIsAFunctionOfSeedEpochAndImage() {
        int[] samples = BatchOrder.of(11, 8, 3).indices(3);
        Tensor batch = new AugmentedFeed(dataset, ALL, 3, 11).batch(3).values();

        for (int i = 0; i < samples.length; i++) {
            Picture picture = Picture.of(dataset.pixels(samples[i]), 3, 32, 32);
            // Batch 3 is the second of epoch 1, as an epoch has two whole batches.
            var random = Randomness.of(11).forPurpose("augmentation").at(8 + samples[i]);
            float[] expected = new float[dataset.imageValues()];
            ALL.apply(picture, random).copyTo(expected, 0);
            int from = i * dataset.imageValues();
            assertThat(Arrays.copyOfRange(batch.data(), from, from + expected.length))
                    .containsExactly(expected);
        }
    }

    @Test
    void batchesAreFunctionsOfTheirIndex() {
        LabelledFeed feed = new AugmentedFeed(dataset, ALL, 3, 11);
        Tensor first = feed.batch(0).values();
        feed.batch(7);

        assertThat(feed.batch(0).values()).isEqualTo(first);
        assertThat(new AugmentedFeed(dataset, ALL, 3, 12).batch(0).values()).isNotEqualTo(first);
    }

    @Test
    void fewLabelsAreThoseOfTheFeedOfAGan() {
        LabelledFeed feed = new AugmentedFeed(dataset, Augmentation.NONE, 3, 11, 0.5);
        Feed ofGan = new DatasetFeed(dataset, 3, 1, 11);

        for (long index = 0; index < 4; index++) {
            assertThat(feed.batch(index)).isEqualTo(ofGan.labelled(0.5, index));
        }
    }

    @Test
    void fewLabelledImagesAreChangedAnewEachTimeRound() {
        LabelledFeed feed = new AugmentedFeed(dataset, ALL, 2, 11, 2.0 / dataset.size());

        assertThat(feed.batch(0).values()).isNotEqualTo(feed.batch(1).values());
    }
}
