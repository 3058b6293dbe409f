package dev.ganzoo.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Run directories as training writes them, of a network with three classes that nobody trained. */
final class SyntheticRun {
    static final List<String> LABELS = List.of("cat", "dog", "ship");
    static final ResidualGan.Spec SPEC = new ResidualGan.Spec(4, 3, 3, 8, 8, Interpolation.NEAREST, false, Pooling.SUM);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Graph generator = ResidualGan.generator(SPEC);

    SyntheticRun(Path folder) throws IOException {
        this.folder = folder;
        ObjectNode recipe = JSON.createObjectNode()
                .put("recipe", "sngan-proj")
                .put("objective", "hinge")
                .put("seed", 7);
        ObjectNode dataset = recipe.putObject("dataset").put("name", "pets").put("images", 1200);
        LABELS.forEach(dataset.putArray("labels")::add);
        recipe.set("architecture", Architectures.RESIDUAL.networks(SPEC).toJson());
        recipe.putObject("schedule").put("steps", 200).put("batch", 16);
        write("recipe.json", recipe);
    }

    Path folder() {
        return folder;
    }

    Path file(long step, String name) {
        return folder.resolve("checkpoints/step-%08d".formatted(step)).resolve(name);
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
        return checkpoint(step, weights(step + 1), weights(step));
    }

    /** Adds a checkpoint without a moving average. */
    SyntheticRun checkpointWithoutAverage(long step) throws IOException {
        return checkpoint(step, weights(step), null);
    }

    /** Has the checkpoint of a step say that another is the best. */
    void best(long step, long best) throws IOException {
        ObjectNode state = (ObjectNode) JSON.readTree(file(step, "state.json").toFile());
        state.withObject("/state").putObject("best").put("step", best);
        Files.write(file(step, "state.json"), JSON.writeValueAsBytes(state));
    }

    /** Replaces a file of a checkpoint, as if it had been written so. */
    void replace(long step, String name, Map<String, Tensor> tensors) throws IOException {
        Safetensors.of(tensors).write(file(step, name));
        ObjectNode state = (ObjectNode) JSON.readTree(file(step, "state.json").toFile());
        list(step, name, (ObjectNode) state.get("files"));
        Files.write(file(step, "state.json"), JSON.writeValueAsBytes(state));
    }

    private SyntheticRun checkpoint(long step, Map<String, Tensor> own, Map<String, Tensor> average)
            throws IOException {
        Map<String, Tensor> inputs = Examples.inputs(generator, 6);
        Map<String, Tensor> golden = new LinkedHashMap<>(inputs);
        golden.put("image", images(own, inputs));
        ObjectNode state = JSON.createObjectNode().put("step", step);
        ObjectNode files = state.putObject("files");
        add(step, "generator.safetensors", own, files);
        if (average != null) {
            golden.put("image_ema", images(average, inputs));
            add(step, "generator-ema.safetensors", average, files);
        }
        add(step, "golden.safetensors", golden, files);
        state.putObject("state").put("seconds", 5400).put("machine", "2 cores");
        Files.write(file(step, "state.json"), JSON.writeValueAsBytes(state));
        return this;
    }

    private Tensor images(Map<String, Tensor> weights, Map<String, Tensor> inputs) {
        return ReferenceEvaluator.evaluate(
                        generator, Mode.EVALUATION, DoubleTensor.of(inputs), DoubleTensor.of(weights))
                .output()
                .toTensor();
    }

    private void add(long step, String name, Map<String, Tensor> tensors, ObjectNode files) throws IOException {
        Safetensors.of(tensors).write(file(step, name));
        list(step, name, files);
    }

    private void list(long step, String name, ObjectNode files) throws IOException {
        Path file = file(step, name);
        files.putObject(name).put("bytes", Files.size(file)).put("sha256", Sha256.of(file));
    }

    private void write(String name, ObjectNode json) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), JSON.writeValueAsBytes(json));
    }
}
