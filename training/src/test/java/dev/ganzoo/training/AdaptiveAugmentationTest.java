package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The probability of augmentation in a training on so few images that the discriminator knows them by heart. */
@Tag("native")
@Tag("slow")
@ExtendWith(NativeResources.class)
class AdaptiveAugmentationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "fashion-mnist";
    private static final int IMAGES = 16;
    private static final int STEPS = 120;
    private static final double TARGET = 0.6;

    @TempDir
    private Path folder;

    @Test
    void risesAsTheDiscriminatorOverfits() throws IOException {
        LoadOptions options = LoadOptions.defaults().size(32).limit(IMAGES).download(false);
        assumeTrue(Datasets.named(DATA).find(options).isPresent(), DATA + " is not on this machine");
        Dataset dataset = Datasets.load(DATA, Split.TRAIN, options);
        TrainingPlan plan = TinyRuns.plan(
                dataset,
                Map.of(
                        "steps", Integer.toString(STEPS),
                        "ndf", "16",
                        "batch", "8",
                        "augment", "translation,color,cutout",
                        "augmentProbability", "0",
                        "overfittingTarget", Double.toString(TARGET),
                        "adaptationImages", "1000"));

        try (TrainingRun run = TrainingRun.start(plan, dataset, folder, Device.cpu())) {
            run.cadence(new Cadence(1, STEPS, STEPS, 1)).train();
        }

        List<Double> probability = logged("augmentation/probability");
        List<Double> sign = logged("score/real-sign");
        assertThat(probability).hasSize(STEPS).startsWith(0.0);
        assertThat(mean(sign.subList(0, STEPS / 6))).isLessThan(TARGET);
        assertThat(mean(sign.subList(STEPS / 2, STEPS))).isGreaterThan(TARGET);
        assertThat(probability.get(STEPS - 1)).isGreaterThan(0.3);
    }

    private List<Double> logged(String metric) throws IOException {
        List<Double> values = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            values.add(JSON.readTree(line).get("metrics").get(metric).doubleValue());
        }
        return values;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
