package dev.ganzoo.training.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.MetricsFile;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;

/**
 * Writes {@link MetricsFile}. A line is handed to the operating system as soon as it is known, and forced to the disk with
 * each checkpoint. When a run goes on from step K, the lines beyond K are dropped, so that no step is there twice.
 */
public final class MetricsLog implements TrainingListener {
    private final MetricsFile file;
    private final Clock clock;
    private FileChannel channel;

    private MetricsLog(MetricsFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The log of the run in {@code runFolder}; the file is touched when the run starts. */
    public static MetricsLog of(Path runFolder) {
        return of(runFolder, Clock.systemUTC());
    }

    static MetricsLog of(Path runFolder, Clock clock) {
        return new MetricsLog(new RunFiles(runFolder).metrics(), clock);
    }

    /**
     * Opens the file and drops what is beyond the step from which the run goes on.
     *
     * @throws IOException if a line that is not the last is no JSON object with a step
     */
    @Override
    public void started(RunStart start) throws IOException {
        long kept = bytesUpTo(start.step());
        channel = FileChannel.open(file.path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(kept);
        channel.position(kept);
    }

    @Override
    public void stepDone(StepReport report) throws IOException {
        if (report.metrics().isEmpty()) {
            return;
        }
        byte[] line = MetricsFile.encode(report.step(), Instant.now(clock), report.imagesPerSecond(), report.metrics());
        AtomicFiles.writeFully(channel, ByteBuffer.wrap(line));
    }

    @Override
    public void checkpointSaved(Checkpoint checkpoint) throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** How many bytes the lines up to {@code step} take. */
    private long bytesUpTo(long step) throws IOException {
        return file.lines().stream()
                .filter(line -> line.step() <= step)
                .mapToLong(MetricsFile.Line::end)
                .max()
                .orElse(0);
    }
}
