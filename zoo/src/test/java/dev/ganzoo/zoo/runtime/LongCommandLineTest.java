package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime 1.29 crashes a process whose command line is long, as it is where a class path has many jars. */
@Tag("native")
class LongCommandLineTest {
    @TempDir
    Path folder;

    @Test
    void aLongCommandLineDoesNoHarm() throws Exception {
        Path tiny = TinyModels.write(folder.resolve("tiny.zip"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + "x".repeat(20_000);

        Process child = new ProcessBuilder(java, "-cp", classPath, Child.class.getName(), tiny.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("computed 48 values");
        assertThat(child.waitFor()).isZero();
    }

    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            try (var tiny = Zoo.on(Device.cpu()).load(args[0])) {
                System.out.printf("computed %d values%n", tiny.sample(1).floats().length);
            }
        }
    }
}
