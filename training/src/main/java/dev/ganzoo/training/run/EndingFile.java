package dev.ganzoo.training.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code ended.txt} when the run ends, and takes it away when it goes on. */
public final class EndingFile implements TrainingListener {
    private final Path file;

    private EndingFile(Path file) {
        this.file = file;
    }

    /** The file of the run in {@code runFolder}. */
    public static EndingFile of(Path runFolder) {
        return new EndingFile(new RunFiles(runFolder).ending());
    }

    @Override
    public void started(RunStart start) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void stopped(long step, StopReason reason) throws IOException {
        write(ProgressDisplay.ending(step, reason));
    }

    @Override
    public void failed(long step, Throwable cause) throws IOException {
        write(ProgressDisplay.failure(step, cause));
    }

    private void write(String text) throws IOException {
        AtomicFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
