package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.run.Checkpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that trains, and gets a signal. */
@Tag("native")
@EnabledOnOs(OS.LINUX)
class InterruptedTrainingTest {
    private static final int SIGNALLED = 128;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void savesACheckpointAndEnds(String signal, int number) throws IOException, InterruptedException {
        Path images = TinyTraining.images(folder.resolve("images"));
        Path out = folder.resolve("run");
        Process process = start(TinyTraining.train(images, out, "--log-every", "1"));
        List<String> lines = new ArrayList<>();
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("step ")) {
                lines.add(line);
                line = err.readLine();
            }
            assertThat(line).as("after %s", lines).isNotNull();
            assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid())
                            .start()
                            .waitFor())
                    .isZero();
            err.lines().forEach(lines::add);
            assertThat(process.waitFor()).as("exit code after %s", lines).isEqualTo(SIGNALLED + number);
        } finally {
            process.destroyForcibly();
        }

        List<Long> steps = Checkpoints.of(out).steps();
        assertThat(steps).hasSize(1);
        long step = steps.get(0);
        assertThat(lines)
                .contains(
                        "saved " + Checkpoints.of(out).at(step).folder(),
                        "stopped after step " + step + ": interrupted",
                        "go on with: ganzoo resume " + out);
        Checkpoints.of(out).at(step).verify();
        assertThat(Main.commandLine().execute("resume", out.toString(), "--stop-after", "" + (step + 1)))
                .isZero();
        assertThat(Checkpoints.of(out).steps()).containsExactly(step, step + 1);
    }

    /** Without {@code env}, the process would ignore Ctrl-C where the test itself runs in the background. */
    private static Process start(List<String> arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }
}
