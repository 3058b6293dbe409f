package dev.ganzoo.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;

/**
 * {@code metrics.jsonl}: a JSON object a line, for each step at which something was measured.
 *
 * <pre>{@code
 * {"step":500,"time":"2026-02-03T04:05:06.789Z","images_per_second":812.4,"metrics":{"loss/generator":0.71}}
 * }</pre>
 *
 * <p>A line is handed to the operating system as soon as it is known, and forced to the disk with each checkpoint. When
 * a run goes on from step K, the lines beyond K are dropped, so that no step is there twice. Values that JSON has no
 * number for are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class MetricsLog implements TrainingListener {
    private final Path file;
    private final Clock clock;
    private FileChannel channel;

    private MetricsLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The log of the run in {@code runFolder}; the file is touched when the run starts. */
    public static MetricsLog of(Path runFolder) {
        return of(runFolder, Clock.systemUTC());
    }

    static MetricsLog of(Path runFolder, Clock clock) {
        return new MetricsLog(in(runFolder), clock);
    }

    static Path in(Path runFolder) {
        return runFolder.resolve("metrics.jsonl");
    }

    /**
     * Opens the file and drops what is beyond the step from which the run goes on.
     *
     * @throws IOException if a line that is not the last is no JSON object with a step
     */
    @Override
    public void started(RunStart start) throws IOException {
        long kept = bytesUpTo(start.step());
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(kept);
        channel.position(kept);
    }

    @Override
    public void stepDone(StepReport report) throws IOException {
        if (report.metrics().isEmpty()) {
            return;
        }
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("step", report.step());
        line.put("time", Instant.now(clock).toString());
        line.put("images_per_second", report.imagesPerSecond());
        ObjectNode metrics = line.putObject("metrics");
        report.metrics().forEach(metrics::put);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Json.MAPPER.writeValueAsBytes(line));
        bytes.write('\n');
        AtomicFiles.writeFully(channel, ByteBuffer.wrap(bytes.toByteArray()));
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

    /** How many bytes the lines up to {@code step} take; a last line without its newline was cut off and is not one. */
    private long bytesUpTo(long step) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long kept = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int number = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    if (step(line.toByteArray(), number++) > step) {
                        return kept;
                    }
                    kept += line.size();
                    line.reset();
                }
            }
        }
        return kept;
    }

    private long step(byte[] line, int number) throws IOException {
        try {
            JsonNode step = Json.MAPPER.readTree(line).path("step");
            if (step.isIntegralNumber()) {
                return step.longValue();
            }
        } catch (JsonProcessingException e) {
            throw new IOException("%s line %d must be JSON: %s".formatted(file, number, e.getOriginalMessage()));
        }
        throw new IOException("%s line %d must be a JSON object with a step".formatted(file, number));
    }
}
