package dev.ganzoo.zoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class CheckpointsTest {
    private static final String GENERATOR = "generator";
    private static final CheckpointState STATE =
            new CheckpointState(5400, "2 cores", 0.3, Optional.of(new CheckpointState.Best(400, -7.5, "fid", 2)));

    @TempDir
    Path run;

    private Checkpoints checkpoints;
    private Path folder;

    @BeforeEach
    void open() {
        checkpoints = Checkpoints.of(run);
        folder = run.resolve("checkpoints");
    }

    @Test
    void givesBackWhatWasSaved() throws IOException {
        Checkpoint saved = save(500);
        assertThat(saved.folder()).isEqualTo(folder.resolve("step-00000500"));
        assertThat(saved.folder().toFile().list())
                .containsExactlyInAnyOrder("generator.safetensors", "optimizer-generator.safetensors", "state.json");

        Checkpoint read = checkpoints.latest().orElseThrow();
        assertThat(read.step()).isEqualTo(500);
        assertThat(read.state()).isEqualTo(STATE);
        assertThat(read.parts()).containsExactly(GENERATOR, "optimizer-generator");
        assertThat(read.read(GENERATOR)).isEqualTo(weights(500));
        read.verify();
        assertThat(read.has("generator-ema")).isFalse();
        assertThatThrownBy(() -> read.read("generator-ema"))
                .isInstanceOf(IOException.class)
                .hasMessage(read + " has no generator-ema (there are: generator, optimizer-generator)");
    }

    @Test
    void isInvisibleUntilItIsWhole() throws IOException {
        save(100);
        try (CheckpointWriter writer = checkpoints.begin(200)) {
            writer.add(GENERATOR, weights(200));
            assertThat(checkpoints.steps()).containsExactly(100L);
        }
        assertThat(folder.toFile().list()).containsExactly("step-00000100");

        Path killed = Files.createDirectory(folder.resolve(".step-00000300.0a1b2c3d.partial"));
        weights(300).write(killed.resolve("generator.safetensors"));
        assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(100);
        save(300);
        assertThat(checkpoints.steps()).containsExactly(100L, 300L);
    }

    @Test
    void listsByStepAndNotByName() throws IOException {
        save(99_999_999);
        save(100_000_000);
        save(0);
        Files.createDirectory(folder.resolve("step-old"));
        assertThat(checkpoints.steps()).containsExactly(0L, 99_999_999L, 100_000_000L);
        assertThat(checkpoints.at(0).read(GENERATOR)).isEqualTo(weights(0));
        assertThatThrownBy(() -> checkpoints.at(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " has no checkpoint of step 7 (there are: 0, 99999999, 100000000)");
    }

    @Test
    void keepsTheNewestAndTheProtected() throws IOException {
        for (long step = 100; step <= 600; step += 100) {
            save(step);
        }
        assertThat(checkpoints.prune(2, Set.of(100L, 600L))).containsExactly(200L, 300L);
        assertThat(checkpoints.steps()).containsExactly(100L, 400L, 500L, 600L);
        assertThat(checkpoints.prune(5, Set.of())).isEmpty();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("step-00000100", "step-00000400", "step-00000500", "step-00000600");
        assertThatThrownBy(() -> checkpoints.prune(0, Set.of()))
                .hasMessage("the number of checkpoints to keep must be ≥ 1, got 0");
    }

    @Test
    void namesTheFileThatIsMissingCutOrAltered() throws IOException {
        Checkpoint saved = save(500);
        Path file = saved.file(GENERATOR);
        byte[] whole = Files.readAllBytes(file);

        byte[] altered = whole.clone();
        altered[altered.length - 1] ^= 1;
        Files.write(file, altered);
        assertThatThrownBy(() -> saved.read(GENERATOR))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("\\Q" + file + "\\E must have sha256 [0-9a-f]{64}, found [0-9a-f]{64}"
                        + ": the file was altered");

        Files.write(file, Arrays.copyOf(whole, whole.length - 4));
        assertThatThrownBy(saved::verify)
                .hasMessage("%s must have %d bytes, found %d: the file is cut short"
                        .formatted(file, whole.length, whole.length - 4));

        Files.delete(file);
        assertThatThrownBy(() -> saved.read(GENERATOR))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(file + ": expected " + whole.length + " bytes");
    }

    @Test
    void refusesADamagedState() throws IOException {
        Path state = save(500).folder().resolve("state.json");
        Files.writeString(state, Files.readString(state).replace("500", "400"));
        assertThatThrownBy(() -> checkpoints.latest())
                .hasMessage(state + " must say step 500 as its folder does, found 400");
        Files.writeString(state, "");
        assertThatThrownBy(() -> checkpoints.latest()).hasMessage(state + " must hold a JSON object, found nothing");
        Files.delete(state);
        assertThatThrownBy(() -> checkpoints.latest())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(state + ": expected the list of the checkpoint's parts");
    }

    @Test
    void refusesWrongNamesAndSteps() throws IOException {
        save(500);
        assertThatThrownBy(() -> checkpoints.begin(500))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(folder.resolve("step-00000500") + " must not be written again, but it exists");
        assertThatThrownBy(() -> checkpoints.begin(-1)).hasMessage("step must be ≥ 0, got -1");
        try (CheckpointWriter writer = checkpoints.begin(600)) {
            writer.add(GENERATOR, weights(600));
            for (String name : new String[] {GENERATOR, "../x", "x.bin", ""}) {
                assertThatThrownBy(() -> writer.add(name, weights(600)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("a part of a checkpoint must have a name of its own such as generator," + " got \""
                                + name + "\"");
            }
        }
    }

    private Checkpoint save(long step) throws IOException {
        try (CheckpointWriter writer = checkpoints.begin(step)) {
            return writer.add(GENERATOR, weights(step))
                    .add(Parts.optimizerOf(GENERATOR), weights(-step))
                    .commit(STATE);
        }
    }

    private static Safetensors weights(long step) {
        return Safetensors.of(Map.of("out.weight", Tensor.of(new float[] {step, 0.5f}, 2)));
    }
}
