package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetBuilder;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class LabelledPartTest {
    private static final int CLASSES = 5;
    private static final int PER_CLASS = 8;

    private final Dataset dataset = dataset();

    private static Dataset dataset() {
        DatasetBuilder builder = Dataset.named("blank");
        for (int i = 0; i < CLASSES * PER_CLASS; i++) {
            builder.add("class" + i % CLASSES, new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({"1e-9, 1", "0.01, 1", "0.125, 1", "0.25, 2", "0.5, 4", "1, 8"})
    void hasAsManyOfEachClassAndAtLeastOne(double fraction, int ofEach) {
        int[] samples = new LabelledPart(dataset, fraction, CLASSES * ofEach, 3).batch(0);

        assertThat(samples).hasSize(CLASSES * ofEach).doesNotHaveDuplicates();
        for (int label = 0; label < CLASSES; label++) {
            int wanted = label;
            assertThat(Arrays.stream(dataset.labels(samples)).filter(found -> found == wanted))
                    .hasSize(ofEach);
        }
    }

    /** Figures of runs with few labels rest on it. */
    @Test
    void theChoiceIsThatOfTheSeed() {
        assertThat(new LabelledPart(dataset, 0.25, 10, 3).batch(0))
                .containsExactly(23, 30, 32, 8, 10, 36, 19, 31, 24, 22);
    }
}
