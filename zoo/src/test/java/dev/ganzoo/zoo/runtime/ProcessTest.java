package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: how it begins, and how it ends. */
@Tag("native")
class ProcessTest {
    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = TinyModels.write(folder.resolve("tiny.zip"));
    }

    /** ONNX Runtime 1.29 crashes where the command line is long, as it is with many jars on the class path. */
    @Test
    void aLongCommandLineDoesNoHarm() throws Exception {
        assertThat(run(Computing.class, "x".repeat(20_000))).isEqualTo("computed 48 values; exit 0");
    }

    @RepeatedTest(3)
    void anExitDuringRunsDoesNoHarm() throws Exception {
        assertThat(run(Exiting.class)).isEqualTo("exiting; exit 0");
    }

    private String run(Class<?> main, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                tiny.toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(folder.toFile(), "err.log"))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out.strip() + "; exit " + process.waitFor();
    }

    static final class Computing {
        private Computing() {}

        public static void main(String[] args) {
            try (Generator generator = Zoo.on(Device.cpu()).generator(args[0])) {
                System.out.printf("computed %d values%n", generator.sample(1).floats().length);
            }
        }
    }

    static final class Exiting {
        private Exiting() {}

        public static void main(String[] args) throws InterruptedException {
            Generator generator = Zoo.on(Device.cpu()).generator(args[0]);
            CountDownLatch running = new CountDownLatch(300);
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> {
                    while (true) {
                        generator.sample(64).seed(1).floats();
                        running.countDown();
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
            running.await();
            System.out.println("exiting");
            System.exit(0);
        }
    }
}
