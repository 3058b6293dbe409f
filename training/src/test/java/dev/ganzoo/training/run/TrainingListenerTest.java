package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class TrainingListenerTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEveryListenerEverythingInOrder() throws IOException {
        try (TrainingListener all = TrainingListener.all(List.of(new Recorder("a"), new Recorder("b")))) {
            all.started(new RunStart("x", 0, 2));
            all.stepDone(new StepReport(1, 2, Map.of(), 1));
            all.samples(new SampleReport(1, Tensor.zeros(1, 1, 2, 2), 1));
            all.checkpointSaved(null);
            all.stopped(1, StopReason.INTERRUPTED);
            all.failed(1, new IOException("x"));
        }
        assertThat(told)
                .containsExactly(
                        "a started",
                        "b started",
                        "a step",
                        "b step",
                        "a samples",
                        "b samples",
                        "a saved",
                        "b saved",
                        "a stopped",
                        "b stopped",
                        "a failed",
                        "b failed",
                        "a closed",
                        "b closed");
    }

    @Test
    void aListenerThatThrowsKeepsNoOtherFromBeingTold() {
        TrainingListener full = failing(new IOException("disk full"));
        TrainingListener broken = failing(new IllegalStateException("broken"));
        TrainingListener all = TrainingListener.all(List.of(full, broken, new Recorder("c")));
        assertThatThrownBy(() -> all.stopped(1, StopReason.FINISHED))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("broken"));
        assertThat(told).containsExactly("c stopped");
    }

    private static TrainingListener failing(Exception exception) {
        return new TrainingListener() {
            @Override
            public void stopped(long step, StopReason reason) throws IOException {
                if (exception instanceof IOException checked) {
                    throw checked;
                }
                throw (RuntimeException) exception;
            }
        };
    }

    private final class Recorder implements TrainingListener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void started(RunStart start) {
            told.add(name + " started");
        }

        @Override
        public void stepDone(StepReport report) {
            told.add(name + " step");
        }

        @Override
        public void samples(SampleReport samples) {
            told.add(name + " samples");
        }

        @Override
        public void checkpointSaved(Checkpoint checkpoint) {
            told.add(name + " saved");
        }

        @Override
        public void stopped(long step, StopReason reason) {
            told.add(name + " stopped");
        }

        @Override
        public void failed(long step, Throwable cause) {
            told.add(name + " failed");
        }

        @Override
        public void close() {
            told.add(name + " closed");
        }
    }
}
