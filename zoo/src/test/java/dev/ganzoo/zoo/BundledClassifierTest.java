package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ganzoo.zoo.attack.RobustnessReport;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled classifier on the test images of CIFAR-10, which the variable {@code GANZOO_DATA} leads to. */
@Tag("native")
@Tag("slow")
class BundledClassifierTest {
    private static final int BATCH = 100;

    @TempDir
    static Path noModels;

    private static Classifier classifier;
    private static Dataset images;

    @BeforeAll
    static void load() throws IOException {
        assumeThat(System.getenv("GANZOO_DATA")).as("GANZOO_DATA").isNotNull();
        images = Datasets.load("cifar10", Split.TEST);
        classifier = Zoo.in(noModels).on(Device.cpu()).classifier("cifar10-classifier");
    }

    @Test
    void isAsAccurateAsItsCardSays() {
        double correct = 0;
        for (int from = 0; from < images.size(); from += BATCH) {
            int[] indices = IntStream.range(from, from + BATCH).toArray();
            List<Prediction> predictions = classifier.predict(images.unitImages(indices));
            int[] labels = images.labels(indices);
            correct += IntStream.range(0, BATCH)
                    .filter(i -> predictions.get(i).index() == labels[i])
                    .count();
        }

        double stated = classifier.card().quality().stream()
                .filter(quality -> quality.metric().equals("accuracy"))
                .mapToDouble(ModelCard.Quality::value)
                .findFirst()
                .orElseThrow();
        assertThat(correct / images.size()).isEqualTo(stated, within(0.001));
    }

    /** The order of Kurakin et al. 2017 and Madry et al. 2018: noise of the same size does little, one step much, many all. */
    @Test
    void fallsToAttacksInTheirOrder() {
        RobustnessReport report = classifier
                .robustness(images)
                .attacks("random-sign", "fgsm", "pgd")
                .epsilons("8/255")
                .limit(200)
                .run();

        double[] accuracies = report.rows().stream()
                .mapToDouble(RobustnessReport.Row::accuracy)
                .toArray();
        assertThat(accuracies).hasSize(3);
        assertThat(report.cleanAccuracy()).isGreaterThan(accuracies[0]);
        assertThat(accuracies[0]).isGreaterThan(accuracies[1] + 0.5);
        assertThat(accuracies[1]).isGreaterThan(accuracies[2]);
        assertThat(accuracies[2]).isLessThan(0.05);
    }

    @AfterAll
    static void close() {
        if (classifier != null) {
            classifier.close();
        }
    }
}
