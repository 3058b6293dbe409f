package dev.ganzoo.zoo.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What was extracted from real images, by the content of the images and of the extractor: a file of statistics or of
 * features, and one with its SHA-256, without which it does not count. A damaged file is as good as none.
 */
final class StatisticsCache {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEATURES = "features";

    private final Path folder;
    private final EvaluationListener listener;

    StatisticsCache(Path folder, EvaluationListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Reads or writes one of the two kinds of content. */
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** The name of an entry: a hash of everything that it depends on. */
    static String key(Map<String, String> dependencies) {
        return Sha256.of(dependencies.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The statistics of an entry, or null. */
    GaussianStatistics statistics(String key) throws IOException {
        return read(statisticsFile(key), GaussianStatistics::read);
    }

    /** The features of an entry, or null. */
    Features features(String key) throws IOException {
        Tensor found = read(featuresFile(key), file -> Safetensors.read(file).tensor(FEATURES));
        return found == null ? null : Features.of(found.data(), found.shape()[0], found.shape()[1]);
    }

    void store(String key, GaussianStatistics statistics, Map<String, String> dependencies) throws IOException {
        Files.createDirectories(folder);
        statistics.write(statisticsFile(key));
        seal(statisticsFile(key), dependencies);
    }

    void store(String key, Features features, Map<String, String> dependencies) throws IOException {
        Files.createDirectories(folder);
        Safetensors.of(Map.of(FEATURES, Tensor.of(features.values(), features.rows(), features.width())))
                .write(featuresFile(key));
        seal(featuresFile(key), dependencies);
    }

    private void seal(Path file, Map<String, String> dependencies) throws IOException {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("sha256", Sha256.of(file));
        dependencies.forEach(entry.putObject("of")::put);
        AtomicFiles.write(sealOf(file), entry.toPrettyString().concat("\n").getBytes(StandardCharsets.UTF_8));
    }

    private <T> T read(Path file, Reader<T> reader) throws IOException {
        if (!Files.exists(file) || !Files.exists(sealOf(file))) {
            return null;
        }
        String expected = sealed(file).path("sha256").asText("none");
        String found = Sha256.of(file);
        if (!found.equals(expected)) {
            listener.note("%s was altered or cut short (expected sha256 %s, found %s): computed anew"
                    .formatted(file, expected, found));
            return null;
        }
        return reader.read(file);
    }

    private static JsonNode sealed(Path file) throws IOException {
        try {
            return JSON.readTree(sealOf(file).toFile());
        } catch (JsonProcessingException e) {
            // A seal that does not read vouches for nothing.
            return JSON.createObjectNode();
        }
    }

    private Path statisticsFile(String key) {
        return folder.resolve(key + ".npz");
    }

    private Path featuresFile(String key) {
        return folder.resolve(key + ".safetensors");
    }

    private static Path sealOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".json");
    }
}
