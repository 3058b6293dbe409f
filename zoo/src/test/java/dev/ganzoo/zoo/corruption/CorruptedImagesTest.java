package dev.ganzoo.zoo.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.evaluate.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether FID notices: each corruption must raise it, the more the stronger it is. */
@Tag("native")
@Tag("slow")
class CorruptedImagesTest {
    private static final int IMAGES = 400;

    @TempDir
    Path cache;

    private static ImageSource images(String dataset, Split split) throws IOException {
        LoadOptions options = LoadOptions.defaults().limit(IMAGES).download(false);
        assumeTrue(Datasets.named(dataset).find(options).isPresent(), dataset + " is not on this machine");
        return ImageSource.of(Datasets.load(dataset, split, options));
    }

    @ParameterizedTest
    @CsvSource({
        "fashion-mnist, gaussian-noise, 0.05, 0.15, 0.4",
        "fashion-mnist, gaussian-blur, 0.6, 1.2, 3",
        "fashion-mnist, occlusion, 0.05, 0.2, 0.5",
        "fashion-mnist, jpeg, 0.5, 0.9, 1",
        "cifar10, gaussian-noise, 0.05, 0.15, 0.4",
        "cifar10, gaussian-blur, 0.6, 1.2, 3",
        "cifar10, occlusion, 0.05, 0.2, 0.5",
        "cifar10, jpeg, 0.5, 0.9, 1"
    })
    void raisesTheFrechetDistanceWithItsStrength(
            String dataset, String corruption, double low, double middle, double high) throws IOException {
        ImageSource real = images(dataset, Split.TRAIN);
        ImageSource held = images(dataset, Split.TEST);
        List<Double> distances = new ArrayList<>();
        for (double strength : new double[] {0, low, middle, high}) {
            distances.add(EvaluationRequest.of(new CorruptedImages(held, Corruption.parse(corruption), strength, 1))
                    .against(real)
                    .metrics("fid")
                    .cache(cache)
                    .run()
                    .value("fid"));
        }
        assertThat(distances).isSorted().doesNotHaveDuplicates();
        assertThat(distances.get(3)).isGreaterThan(2 * distances.get(0));
    }
}
