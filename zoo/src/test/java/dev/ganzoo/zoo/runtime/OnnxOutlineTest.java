package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.runtime.OnnxOutline.Node;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class OnnxOutlineTest {
    private static Node node(String name, String operator, List<String> inputs, String output) {
        return new Node(name, operator, inputs, List.of(output));
    }

    @Test
    void readsNodesAndOutputs() {
        OnnxOutline outline = OnnxOutline.of(TinyModels.network("conditional"));

        assertThat(outline.outputs()).containsExactly("image");
        assertThat(outline.nodes())
                .extracting(Node::operator)
                .containsExactly("MatMul", "MatMul", "Add", "Reshape", "Tanh");
        assertThat(outline.nodes().get(2).inputs()).containsExactly("h", "e");
    }

    @Test
    void innerValuesBecomeOutputs() {
        byte[] onnx = TinyModels.network("conditional");
        OnnxOutline outline = OnnxOutline.of(onnx);
        byte[] more = outline.withOutputs(onnx, List.of("sum", "image", "h"));

        assertThat(OnnxOutline.of(more).outputs()).containsExactly("image", "sum", "h");
        assertThat(OnnxOutline.of(more).nodes()).isEqualTo(outline.nodes());
        assertThat(outline.withOutputs(onnx, List.of("image"))).isSameAs(onnx);
    }

    @Test
    void aLayerIsAValueOrANode() {
        OnnxOutline outline = new OnnxOutline(
                List.of(
                        node("first", "Conv", List.of("x", "w"), "a"),
                        node("second", "Relu", List.of("a"), "first/out")),
                List.of("first/out"));

        assertThat(outline.value("a", "file")).isEqualTo("a");
        assertThat(outline.value("second", "file")).isEqualTo("first/out");
        assertThatThrownBy(() -> outline.value("first/our", "some.onnx"))
                .hasMessage("unknown layer \"first/our\" of some.onnx; did you mean \"first/out\"?"
                        + " (known: first/out, a)");
    }

    @Test
    void penultimateFeaturesAreWhatTheLastProductMultiplies() {
        OnnxOutline outline = new OnnxOutline(
                List.of(
                        node("", "Relu", List.of("x"), "features"),
                        node("", "Constant", List.of(), "bias"),
                        node("", "MatMul", List.of("features", "w"), "product"),
                        node("", "Add", List.of("bias", "product"), "sum"),
                        node("", "Softmax", List.of("sum"), "probabilities")),
                List.of("probabilities"));

        assertThat(outline.penultimate("probabilities")).contains("features");
        assertThat(outline.penultimate("features")).isEmpty();
    }
}
