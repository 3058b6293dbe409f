package dev.ganzoo.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a run is trained on, for its model's card. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** For example {@code 2 cores of AMD EPYC 7763, Linux amd64}. */
    static String describe() {
        int cores = Runtime.getRuntime().availableProcessors();
        return "%d %s%s, %s %s"
                .formatted(
                        cores,
                        cores == 1 ? "core" : "cores",
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> " of " + line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
