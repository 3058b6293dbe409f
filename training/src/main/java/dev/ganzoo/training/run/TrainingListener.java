package dev.ganzoo.training.run;

import dev.ganzoo.zoo.run.Checkpoint;
import java.io.IOException;
import java.util.List;

/**
 * What is told about a training run while it goes on. Calls come one after the other, from the thread that trains:
 * {@link #started} once, then steps, samples and checkpoints, then {@link #stopped} or {@link #failed}, then
 * {@link #close}. An exception thrown here ends the run.
 */
public interface TrainingListener extends AutoCloseable {
    /** Training begins or goes on. */
    default void started(RunStart start) throws IOException {}

    /** One more step is done. */
    default void stepDone(StepReport report) throws IOException {}

    /** Images were made from the fixed latents. */
    default void samples(SampleReport samples) throws IOException {}

    /** A checkpoint became visible. */
    default void checkpointSaved(Checkpoint checkpoint) throws IOException {}

    /** The run ended as it should, after {@code step} steps. */
    default void stopped(long step, StopReason reason) throws IOException {}

    /** The run broke off after {@code step} steps. */
    default void failed(long step, Throwable cause) throws IOException {}

    /** Ends what the listener holds; idempotent. */
    @Override
    default void close() throws IOException {}

    /**
     * One listener that passes everything on to each of {@code listeners}, in order. If one throws, the others are
     * still told, and then the first exception is thrown with the others suppressed in it.
     */
    static TrainingListener all(List<? extends TrainingListener> listeners) {
        return new CompositeListener(List.copyOf(listeners));
    }
}
