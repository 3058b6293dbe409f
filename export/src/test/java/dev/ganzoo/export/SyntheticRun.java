package dev.ganzoo.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.files.Folders;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.json.JsonFiles;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.CheckpointState;
import dev.ganzoo.zoo.run.CheckpointWriter;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.run.RunFiles;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Run directories as training writes them, of a network with three classes that nobody trained. */
final class SyntheticRun {
    static final List<String> LABELS = List.of("cat", "dog", "ship");
    static final ResidualGan.Spec SPEC = new ResidualGan.Spec(4, 3, 3, 8, 8, Interpolation.NEAREST, false, Pooling.SUM);

    static final String GENERATOR = "generator";
    static final String AVERAGE = Parts.averageOf(GENERATOR);

    private final Path folder;
    private final Graph generator = ResidualGan.generator(SPEC);

    SyntheticRun(Path folder) throws IOException {
        this.folder = folder;
        ObjectNode recipe = JsonFiles.object()
                .put("recipe", "sngan-proj")
                .put("objective", "hinge")
                .put("seed", 7);
        ObjectNode dataset = recipe.putObject("dataset").put("name", "pets").put("images", 1200);
        LABELS.forEach(dataset.putArray("labels")::add);
        recipe.set("architecture", Architectures.RESIDUAL.networks(SPEC).toJson());
        recipe.putObject("schedule").put("steps", 200).put("batch", 16);
        JsonFiles.write(new RunFiles(folder).recipe(), recipe);
    }

    Path folder() {
        return folder;
    }

    Path file(long step, String part) throws IOException {
        return Checkpoints.of(folder).at(step).file(part);
    }

    /** The weights at a step, other ones at each. */
    Map<String, Tensor> weights(long step) {
        Map<String, Tensor> weights = Examples.weights(generator);
        Tensor bias = weights.get("conv.bias");
        bias.data()[0] += step * 1e-3f;
        return weights;
    }

    /** Adds a checkpoint whose moving average is the weights, and whose generator is those of the step after. */
    SyntheticRun checkpoint(long step) throws IOException {
        return write(step, parts(weights(step + 1), weights(step)), Optional.empty());
    }

    /** Adds a checkpoint without a moving average. */
    SyntheticRun checkpointWithoutAverage(long step) throws IOException {
        return write(step, parts(weights(step), null), Optional.empty());
    }

    /** Adds a checkpoint that says another is the best. */
    SyntheticRun checkpoint(long step, long best) throws IOException {
        CheckpointState.Best found = new CheckpointState.Best(best, 1, "accuracy/test", 0);
        return write(step, parts(weights(step + 1), weights(step)), Optional.of(found));
    }

    /** Replaces a part of a checkpoint, as if it had been written so. */
    void replace(long step, String part, Map<String, Tensor> tensors) throws IOException {
        Checkpoint old = Checkpoints.of(folder).at(step);
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        for (String each : old.parts()) {
            parts.put(each, old.read(each).tensors());
        }
        parts.put(part, tensors);
        Folders.delete(old.folder());
        write(step, parts, old.state().best());
    }

    private Map<String, Map<String, Tensor>> parts(Map<String, Tensor> own, Map<String, Tensor> average) {
        Map<String, Tensor> inputs = Examples.inputs(generator, 6);
        Map<String, Tensor> golden = new LinkedHashMap<>(inputs);
        golden.put("image", images(own, inputs));
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        parts.put(GENERATOR, own);
        if (average != null) {
            golden.put("image_ema", images(average, inputs));
            parts.put(AVERAGE, average);
        }
        parts.put(Parts.GOLDEN, golden);
        return parts;
    }

    private SyntheticRun write(long step, Map<String, Map<String, Tensor>> parts, Optional<CheckpointState.Best> best)
            throws IOException {
        try (CheckpointWriter writer = Checkpoints.of(folder).begin(step)) {
            for (Map.Entry<String, Map<String, Tensor>> part : parts.entrySet()) {
                writer.add(part.getKey(), Safetensors.of(part.getValue()));
            }
            writer.commit(new CheckpointState(5400, "2 cores", 0.3, best));
        }
        return this;
    }

    private Tensor images(Map<String, Tensor> weights, Map<String, Tensor> inputs) {
        return ReferenceEvaluator.evaluate(
                        generator, Mode.EVALUATION, DoubleTensor.of(inputs), DoubleTensor.of(weights))
                .output()
                .toTensor();
    }
}
