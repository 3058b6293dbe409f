package dev.ganzoo.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.run.Checkpoint;
import dev.ganzoo.training.run.CheckpointWriter;
import dev.ganzoo.training.run.Checkpoints;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run's checkpoints: writes and reads all that is needed to go on, and tells which weights were best. */
final class Saves {
    private static final String ENDING = ".safetensors";

    private final Checkpoints checkpoints;
    private final Training training;
    private final Divergence divergence;
    private double seconds;
    private Optional<Best> best = Optional.empty();

    private record Best(long step, double quality, String by) {}

    Saves(Checkpoints checkpoints, Training training, Divergence divergence) {
        this.checkpoints = checkpoints;
        this.training = training;
        this.divergence = divergence;
    }

    /** Takes up a checkpoint and gives its step. */
    long restore(Checkpoint checkpoint) throws IOException {
        Map<String, Map<String, Tensor>> state = new LinkedHashMap<>();
        for (String part : training.parts()) {
            state.put(part, checkpoint.read(part + ENDING).tensors());
        }
        training.restore(state, checkpoint.step());
        seconds = checkpoint.state().path("seconds").asDouble();
        JsonNode saved = checkpoint.state().path("best");
        if (saved.isObject()) {
            best = Optional.of(new Best(
                    saved.path("step").asLong(),
                    saved.path("quality").asDouble(),
                    saved.path("by").asText(StepReport.TEST_ACCURACY)));
        }
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
            return false;
        }
        best = Optional.of(new Best(step, judgement.quality(), judgement.by()));
        return true;
    }

    /** Whether the latest checkpoint is of this step. */
    boolean isSaved(long step) throws IOException {
        return checkpoints.latest().map(Checkpoint::step).orElse(-1L) == step;
    }

    /**
     * Writes a checkpoint, then deletes all but the newest {@code keep} and the best.
     *
     * @throws TrainingDivergedException if a value is not finite; nothing is written then
     */
    Checkpoint save(long step, int keep) throws IOException {
        Map<String, Map<String, Tensor>> state = training.state();
        divergence.checkState(state, step);
        Map<String, Tensor> golden = training.golden();
        Checkpoint saved;
        try (CheckpointWriter writer = checkpoints.begin(step)) {
            for (Map.Entry<String, Map<String, Tensor>> part : state.entrySet()) {
                writer.add(part.getKey() + ENDING, Safetensors.of(part.getValue()));
            }
            writer.add("golden" + ENDING, Safetensors.of(golden));
            saved = writer.commit(description());
        }
        checkpoints.prune(keep, best.map(found -> Set.of(found.step())).orElse(Set.of()));
        return saved;
    }

    private ObjectNode description() {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("seconds", seconds).put("machine", Machine.describe());
        best.ifPresent(found -> description
                .putObject("best")
                .put("step", found.step())
                .put("quality", found.quality())
                .put("by", found.by()));
        return description;
    }
}
