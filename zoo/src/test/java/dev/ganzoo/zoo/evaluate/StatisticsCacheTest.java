package dev.ganzoo.zoo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class StatisticsCacheTest {
    private static final Map<String, String> OF = Map.of("real sha256", "abc");
    private static final Features FEATURES = Features.of(new float[] {1, 2, 3, 5, 8, 13}, 3, 2);

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final String key = StatisticsCache.key(OF);

    private StatisticsCache cache() {
        return new StatisticsCache(folder.resolve("cache"), new EvaluationListener() {
            @Override
            public void progress(String what, long done, long total) {}

            @Override
            public void note(String message) {
                notes.add(message);
            }
        });
    }

    private Path file(String ending) throws IOException {
        try (var files = Files.list(folder.resolve("cache"))) {
            return files.filter(path -> path.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void givesBackWhatWasStored() throws IOException {
        GaussianStatistics statistics = GaussianStatistics.of(FEATURES);
        cache().store(key, statistics, OF);
        cache().store(key, FEATURES, OF);

        assertThat(cache().statistics(key)).isEqualTo(statistics);
        assertThat(cache().features(key)).isEqualTo(FEATURES);
        assertThat(cache().statistics(StatisticsCache.key(Map.of("real sha256", "abd"))))
                .isNull();
        assertThat(notes).isEmpty();
    }

    @Test
    void noticesWhatWasAltered() throws IOException {
        cache().store(key, GaussianStatistics.of(FEATURES), OF);
        byte[] content = Files.readAllBytes(file(".npz"));
        content[content.length / 2] ^= 1;
        Files.write(file(".npz"), content);

        assertThat(cache().statistics(key)).isNull();
        assertThat(notes).singleElement().asString().contains("was altered or cut short", "computed anew");
    }

    @Test
    void noticesWhatWasCutShort() throws IOException {
        cache().store(key, FEATURES, OF);
        byte[] content = Files.readAllBytes(file(".safetensors"));
        Files.write(file(".safetensors"), Arrays.copyOf(content, content.length - 4));

        assertThat(cache().features(key)).isNull();
        assertThat(notes).hasSize(1);
    }

    @Test
    void trustsNothingWithoutItsSeal() throws IOException {
        cache().store(key, FEATURES, OF);
        Files.writeString(file(".json"), "{\"sha");
        assertThat(cache().features(key)).isNull();

        Files.delete(file(".json"));
        assertThat(cache().features(key)).isNull();
    }
}
