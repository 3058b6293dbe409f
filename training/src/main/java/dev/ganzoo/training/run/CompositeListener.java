package dev.ganzoo.training.run;

import dev.ganzoo.zoo.run.Checkpoint;
import java.io.IOException;
import java.util.List;

/** Passes everything on to each listener; see {@link TrainingListener#all}. */
record CompositeListener(List<TrainingListener> listeners) implements TrainingListener {
    @FunctionalInterface
    private interface Event {
        void tell(TrainingListener listener) throws IOException;
    }

    @Override
    public void started(RunStart start) throws IOException {
        tellAll(listener -> listener.started(start));
    }

    @Override
    public void stepDone(StepReport report) throws IOException {
        tellAll(listener -> listener.stepDone(report));
    }

    @Override
    public void samples(SampleReport samples) throws IOException {
        tellAll(listener -> listener.samples(samples));
    }

    @Override
    public void checkpointSaved(Checkpoint checkpoint) throws IOException {
        tellAll(listener -> listener.checkpointSaved(checkpoint));
    }

    @Override
    public void stopped(long step, StopReason reason) throws IOException {
        tellAll(listener -> listener.stopped(step, reason));
    }

    @Override
    public void failed(long step, Throwable cause) throws IOException {
        tellAll(listener -> listener.failed(step, cause));
    }

    @Override
    public void close() throws IOException {
        tellAll(TrainingListener::close);
    }

    private void tellAll(Event event) throws IOException {
        Exception first = null;
        for (TrainingListener listener : listeners) {
            try {
                event.tell(listener);
            } catch (IOException | RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof IOException checked) {
            throw checked;
        }
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
    }
}
