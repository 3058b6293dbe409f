package dev.ganzoo.training;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.CheckpointState;
import dev.ganzoo.zoo.run.CheckpointWriter;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run's checkpoints: writes and reads all that is needed to go on, and tells which weights were best. */
final class Saves {
    private final Checkpoints checkpoints;
    private final Training training;
    private final Divergence divergence;
    private final FixedSamples samples;
    private double seconds;
    private Optional<CheckpointState.Best> best = Optional.empty();

    Saves(Checkpoints checkpoints, Training training, Divergence divergence, FixedSamples samples) {
        this.checkpoints = checkpoints;
        this.training = training;
        this.divergence = divergence;
        this.samples = samples;
    }

    /** Takes up a checkpoint and gives its step. */
    long restore(Checkpoint checkpoint) throws IOException {
        Map<String, Map<String, Tensor>> state = new LinkedHashMap<>();
        for (String part : training.parts()) {
            state.put(part, checkpoint.read(part).tensors());
        }
        training.restore(state, checkpoint.step());
        CheckpointState saved = checkpoint.state();
        seconds = saved.seconds();
        divergence.restore(saved.diversity());
        best = saved.best();
        return checkpoint.step();
    }

    /** Adds to the time that steps took. */
    void addSeconds(double more) {
        seconds += more;
    }

    /**
     * Notes how good the weights after {@code step} steps are, and tells whether none were better before. What was judged
     * by another figure is forgotten.
     */
    boolean isBest(long step, Training.Evaluation judgement) {
        boolean comparable =
                best.map(found -> found.by().equals(judgement.by())).orElse(false);
        if (comparable && best.get().quality() >= judgement.quality()) {
            CheckpointState.Best old = best.get();
            best = Optional.of(new CheckpointState.Best(old.step(), old.quality(), old.by(), old.since() + 1));
            return false;
        }
        best = Optional.of(new CheckpointState.Best(step, judgement.quality(), judgement.by(), 0));
        return true;
    }

    /** How many measurements in a row found nothing better than the best. */
    int sinceBest() {
        return best.map(CheckpointState.Best::since).orElse(0);
    }

    /** Whether the latest checkpoint is of this step. */
    boolean isSaved(long step) throws IOException {
        return checkpoints.latest().map(Checkpoint::step).orElse(-1L) == step;
    }

    /**
     * Writes a checkpoint, then deletes all but the newest {@code keep} and the best.
     *
     * @throws TrainingDivergedException if a value is not finite, or samples have become the same; nothing is written then
     */
    Checkpoint save(long step, int keep) throws IOException {
        Map<String, Map<String, Tensor>> state = training.state();
        divergence.checkState(state, step);
        samples.at(step);
        Map<String, Tensor> golden = training.golden();
        Checkpoint saved;
        try (CheckpointWriter writer = checkpoints.begin(step)) {
            for (Map.Entry<String, Map<String, Tensor>> part : state.entrySet()) {
                writer.add(part.getKey(), Safetensors.of(part.getValue()));
            }
            writer.add(Parts.GOLDEN, Safetensors.of(golden));
            saved = writer.commit(new CheckpointState(seconds, Machine.describe(), divergence.diversity(), best));
        }
        checkpoints.prune(keep, best.map(found -> Set.of(found.step())).orElse(Set.of()));
        return saved;
    }
}
