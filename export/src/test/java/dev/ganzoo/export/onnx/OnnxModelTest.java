package dev.ganzoo.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class OnnxModelTest {
    private static final Node X = Node.input("x", Shape.of(Shape.N, 8));

    @Test
    void namesAreThoseOfTheGraph() throws Exception {
        Node hidden = Node.apply(new Op.Linear(), X, constant(16, 8)).named("hidden");
        Graph graph = Graph.of("net", "y", hidden.relu().reshape(Shape.N, 4, 4).tanh());

        GraphProto proto = parse(OnnxModel.of(graph)).getGraph();

        assertThat(proto.getName()).isEqualTo("net");
        assertThat(proto.getNodeList().stream().map(NodeProto::getName))
                .containsExactly("hidden", "relu_1", "reshape_1", "y");
        assertThat(proto.getInputList().stream().map(ValueInfoProto::getName)).containsExactly("x");
        assertThat(proto.getOutputList().stream().map(ValueInfoProto::getName)).containsExactly("y");
    }

    @Test
    void batchAxisIsCalledN() throws Exception {
        Graph graph =
                Graph.of("net", "y", Node.input("x", Shape.of(Shape.N, 2, 4)).reshape(-2, 4));

        GraphProto proto = parse(OnnxModel.of(graph)).getGraph();

        assertThat(dimension(proto.getInput(0), 0)).isEqualTo("N");
        assertThat(dimension(proto.getOutput(0), 0)).isEqualTo("2N");
    }

    @Test
    void theSameGraphGivesTheSameBytes() {
        assertThat(OnnxModel.of(linear()).metadata("a", "1").bytes())
                .isEqualTo(OnnxModel.of(linear()).metadata("a", "1").bytes());
    }

    @Test
    void versionsProducerAndMetadataAreSet() throws Exception {
        ModelProto proto =
                parse(OnnxModel.of(linear()).metadata("recipe", "dcgan").metadata("recipe", "sngan-proj"));

        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(proto.getIrVersion()).isEqualTo(8);
        assertThat(proto.getProducerName()).isEqualTo("ganzoo");
        assertThat(proto.getMetadataPropsList()).hasSize(1);
        assertThat(proto.getMetadataProps(0).getValue()).isEqualTo("sngan-proj");
    }

    @Test
    void outputsThatAreInputsOrTheSameNodeAreCopies() throws Exception {
        Node doubled = X.plus(X);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("a", doubled);
        outputs.put("b", doubled);
        outputs.put("c", X);

        GraphProto proto = parse(OnnxModel.of(Graph.of("net", outputs))).getGraph();

        assertThat(proto.getNodeList().stream().map(NodeProto::getOpType))
                .containsExactly("Add", "Identity", "Identity");
        assertThat(proto.getOutputList().stream().map(ValueInfoProto::getName)).containsExactly("a", "b", "c");
    }

    @Test
    void largeConstantsAreStoredAsHalvesIfAsked() throws Exception {
        GraphProto proto =
                parse(OnnxModel.of(linear()).weights(WeightPrecision.FP16)).getGraph();

        assertThat(proto.getInitializerList().stream().map(TensorProto::getDataType))
                .containsExactly(TensorProto.DataType.FLOAT16_VALUE, TensorProto.DataType.FLOAT_VALUE);
        assertThat(proto.getInitializer(0).getRawData().size()).isEqualTo(2 * 8 * 64);
        assertThat(proto.getNodeList().stream().map(NodeProto::getOpType)).containsExactly("Cast", "Gemm");
    }

    @Test
    void constantsBeyondTheRangeOfHalvesStayFloats() throws Exception {
        Tensor large = random(64, 8);
        large.data()[5] = 1e6f;
        Graph graph = Graph.of("net", "y", Node.apply(new Op.Linear(), X, Node.constant(large)));

        GraphProto proto =
                parse(OnnxModel.of(graph).weights(WeightPrecision.FP16)).getGraph();

        assertThat(proto.getInitializer(0).getDataType()).isEqualTo(TensorProto.DataType.FLOAT_VALUE);
    }

    @Test
    void unboundParametersAreRefused() {
        Node weight = Node.parameter("linear.weight", Init.constant(1), 4, 8);
        OnnxModel model = OnnxModel.of(Graph.of("net", "y", Node.apply(new Op.Linear(), X, weight)));

        assertThatIllegalArgumentException()
                .isThrownBy(model::bytes)
                .withMessage("a graph must be bound and folded before it is written as onnx, "
                        + "got linear.weight: parameter (4, 8)");
    }

    @Test
    void spectralNormIsRefused() {
        Node weight = Node.apply(new Op.SpectralNorm(1e-12), constant(4, 8), constant(4), constant(8));
        OnnxModel model = OnnxModel.of(Graph.of("net", "y", Node.apply(new Op.Linear(), X, weight)));

        assertThatIllegalArgumentException()
                .isThrownBy(model::bytes)
                .withMessage("a graph must be bound and folded before it is written as onnx, got spectralNorm (4, 8)");
    }

    @Test
    void inputAndOutputOfOneNameAreRefused() {
        OnnxModel model = OnnxModel.of(Graph.of("net", "x", X.relu()));

        assertThatIllegalArgumentException()
                .isThrownBy(model::bytes)
                .withMessage("an input and an output must not share the name \"x\"");
    }

    @Test
    void fileHoldsTheBytes(@TempDir Path folder) throws Exception {
        OnnxModel model = OnnxModel.of(linear());

        model.write(folder.resolve("net.onnx"));

        assertThat(Files.readAllBytes(folder.resolve("net.onnx"))).isEqualTo(model.bytes());
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static Graph linear() {
        return Graph.of("net", "y", Node.apply(new Op.Linear(), X, constant(64, 8), constant(64)));
    }

    private static Node constant(int... shape) {
        return Node.constant(random(shape));
    }

    private static Tensor random(int... shape) {
        return Init.normal(0, 1).sample(shape, Randomness.of(1).at(0));
    }

    private static String dimension(ValueInfoProto value, int axis) {
        return value.getType().getTensorType().getShape().getDim(axis).getDimParam();
    }

    private static ModelProto parse(OnnxModel model) throws Exception {
        return ModelProto.parseFrom(model.bytes());
    }
}
