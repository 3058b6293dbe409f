package dev.ganzoo.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.HandmadeDatasets;
import dev.ganzoo.zoo.data.Split;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ReportScoresTest {
    private static Dataset dataset(Split split, int first) {
        byte[][] images = new byte[120][];
        for (int i = 0; i < images.length; i++) {
            images[i] = SmoothNoise.image(first + i, 3, 32);
        }
        return HandmadeDatasets.of("waves", split, List.of("wave"), 3, 32, new int[images.length], images);
    }

    @Test
    void scoresTestAgainstTrainWithTheProtocol(@TempDir Path cache) {
        String html = DataReport.of(dataset(Split.TRAIN, 0), dataset(Split.TEST, 500))
                .scores(request -> request.cache(cache))
                .html();

        assertThat(html)
                .contains("waves test against waves train")
                .containsPattern("<tr><th>fid</th><td>[0-9.]+</td>")
                .containsPattern("<tr><th>kid</th><td>-?[0-9.e-]+</td><td>[0-9.e-]+</td>")
                .contains(
                        "<th>is</th>", "<th>precision</th>", "<th>recall</th>", "<th>density</th>", "<th>coverage</th>")
                .containsPattern("cifar10-classifier features, not Inception")
                .contains("100 of 120");
    }
}
