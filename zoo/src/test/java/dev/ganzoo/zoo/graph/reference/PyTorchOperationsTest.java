package dev.ganzoo.zoo.graph.reference;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator.Evaluation;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single operations give what PyTorch gave, values and new buffers. */
@Tag("pure")
class PyTorchOperationsTest {
    private static final double TOLERANCE = 2e-6;
    private static final Safetensors FIXTURE = PyTorchFixtures.operations();
    private static final Map<String, Op> OPERATIONS = operations();

    /** Recorded for operations that graphs have no node for. */
    private static final Set<String> WITHOUT_A_NODE = Set.of(
            "avg_pool2d_odd",
            "avg_pool2d_padding",
            "avg_pool2d_not_counted",
            "max_pool2d",
            "max_pool2d_padding",
            "embedding",
            "leaky_relu",
            "sigmoid",
            "softplus");

    private static Map<String, Op> operations() {
        Extent zero = Extent.square(0);
        Extent one = Extent.square(1);
        Extent two = Extent.square(2);
        Map<String, Op> operations = new LinkedHashMap<>();
        operations.put("conv2d", new Op.Conv2d(one, zero, one, 1));
        operations.put("conv2d_padding", new Op.Conv2d(one, one, one, 1));
        operations.put("conv2d_1x1", new Op.Conv2d(one, zero, one, 1));
        operations.put("conv2d_no_bias", new Op.Conv2d(one, one, one, 1));
        operations.put("conv2d_stride", new Op.Conv2d(two, one, one, 1));
        operations.put("conv2d_stride_4x4", new Op.Conv2d(two, one, one, 1));
        operations.put("conv2d_uneven", new Op.Conv2d(new Extent(2, 1), new Extent(1, 0), one, 1));
        operations.put("conv2d_dilation", new Op.Conv2d(one, two, two, 1));
        operations.put("conv2d_groups", new Op.Conv2d(one, one, one, 2));
        operations.put("conv2d_depthwise", new Op.Conv2d(one, one, one, 4));
        operations.put("conv2d_all", new Op.Conv2d(two, two, two, 2));
        operations.put("linear", new Op.Linear());
        operations.put("linear_no_bias", new Op.Linear());
        operations.put("batch_norm_train", new Op.BatchNorm(1e-5, 0.1));
        operations.put("batch_norm_eval", new Op.BatchNorm(1e-5, 0.1));
        operations.put("avg_pool2d", new Op.AvgPool2d(two));
        operations.put("interpolate_nearest", new Op.Upsample2d(Interpolation.NEAREST, 2));
        operations.put("interpolate_bilinear", new Op.Upsample2d(Interpolation.BILINEAR, 2));
        for (String form : new String[] {"conv", "linear", "row"}) {
            operations.put("spectral_norm_train_" + form, new Op.SpectralNorm(1e-12));
            operations.put("spectral_norm_eval_" + form, new Op.SpectralNorm(1e-12));
        }
        operations.put("relu", new Op.Relu());
        operations.put("tanh", new Op.Tanh());
        return operations;
    }

    static Set<String> cases() {
        return OPERATIONS.keySet();
    }

    @Test
    void everyRecordedCaseIsAccountedFor() {
        Set<String> recorded = FIXTURE.tensors().keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .filter(name -> !WITHOUT_A_NODE.contains(name))
                .collect(Collectors.toSet());

        assertThat(OPERATIONS).containsOnlyKeys(recorded);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(String name) {
        Map<String, Tensor> tensors = PyTorchFixtures.under(name, FIXTURE);
        Node[] leaves = tensors.keySet().stream()
                .filter(key -> key.startsWith("in"))
                .sorted()
                .map(key -> leaf(key, tensors))
                .toArray(Node[]::new);
        Graph graph = Graph.of(name, "out", Node.apply(OPERATIONS.get(name), leaves));
        Mode mode = name.contains("train") ? Mode.TRAINING : Mode.EVALUATION;

        Evaluation result = ReferenceEvaluator.evaluate(graph, mode, Map.of(), DoubleTensor.of(tensors));

        assertClose("out", result.output(), tensors.get("out"), TOLERANCE);
        tensors.keySet().stream().filter(key -> key.startsWith("after")).forEach(key -> {
            String buffer = key.replace("after", "in");
            assertClose(key, result.updatedBuffers().get(buffer), tensors.get(key), TOLERANCE);
        });
    }

    private static Node leaf(String key, Map<String, Tensor> tensors) {
        boolean changes = tensors.containsKey(key.replace("in", "after"));
        int[] shape = tensors.get(key).shape();
        return changes ? Node.buffer(key, Init.constant(0), shape) : Node.parameter(key, Init.constant(0), shape);
    }
}
