package dev.ganzoo.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transposed convolutions of known kernels, written as convolutions where that is faster, against ONNX Runtime's own. */
@Tag("native")
class TransposedConvolutionsTest {
    private static final Randomness RANDOMNESS = Randomness.of(3);

    @ParameterizedTest
    @CsvSource({
        // stride, padding, output padding, dilation, groups, inputs, outputs a group, kernel height and width, size,
        // form
        "1, 1, 0, 1, 1, 4, 8, 3, 3, 7, Conv",
        "1, 0, 0, 1, 1, 4, 8, 3, 2, 7, Conv",
        "1, 0, 0, 1, 1, 4, 9, 1, 1, 5, Conv",
        "1, 2, 0, 2, 1, 4, 8, 3, 3, 7, Conv",
        "1, 1, 0, 1, 4, 8, 3, 3, 3, 7, Conv",
        "1, 1, 0, 1, 6, 6, 1, 3, 3, 7, Conv",
        "1, 2, 0, 1, 1, 4, 8, 2, 2, 7, ConvTranspose",
        "1, 1, 0, 1, 1, 4, 3, 3, 3, 7, ConvTranspose",
        "2, 1, 1, 1, 1, 4, 8, 3, 3, 4, DepthToSpace",
        "2, 1, 0, 1, 1, 4, 8, 3, 3, 4, DepthToSpace",
        "2, 0, 0, 1, 1, 4, 8, 2, 2, 4, DepthToSpace",
        "2, 2, 1, 1, 1, 4, 8, 5, 5, 4, DepthToSpace",
        "2, 3, 1, 1, 1, 4, 8, 7, 7, 4, DepthToSpace",
        "2, 1, 1, 1, 6, 6, 1, 3, 3, 9, DepthToSpace",
        "2, 2, 0, 1, 2, 6, 2, 5, 5, 4, DepthToSpace",
        "4, 0, 0, 1, 1, 4, 8, 4, 4, 2, DepthToSpace",
        "2, 1, 0, 1, 1, 4, 8, 4, 4, 4, ConvTranspose",
        "2, 1, 1, 1, 1, 4, 8, 3, 3, 8, ConvTranspose",
        "2, 0, 1, 1, 1, 4, 8, 1, 1, 4, ConvTranspose",
        "2, 1, 1, 2, 1, 4, 8, 3, 3, 4, ConvTranspose",
    })
    void resultsAreThoseOfTheTransposedConvolution(
            int stride,
            int padding,
            int left,
            int dilation,
            int groups,
            int channels,
            int outputs,
            int height,
            int width,
            int size,
            String form)
            throws Exception {
        Op op = new Op.ConvTranspose2d(
                Extent.square(stride), Extent.square(padding), Extent.square(left), Extent.square(dilation), groups);
        Tensor taps = random("taps", channels, outputs, height, width);
        Tensor bias = random("bias", groups * outputs);
        Tensor images = random("images", 2, channels, size, size);
        Node x = Node.input("x", Shape.of(Shape.N, channels, size, size));
        Node known = Node.apply(op, x, Node.constant(taps), Node.constant(bias));
        Node given = Node.apply(
                op, x, Node.input("taps", Shape.of(taps.shape())), Node.input("bias", Shape.of(bias.shape())));
        byte[] written = OnnxModel.of(Graph.of("known", "y", known)).bytes();

        Tensor actual = Onnx.run(written, Map.of("x", images)).get("y");

        byte[] plain = OnnxModel.of(Graph.of("given", "y", given)).bytes();
        Tensor expected =
                Onnx.run(plain, Map.of("x", images, "taps", taps, "bias", bias)).get("y");
        assertThat(actual.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.data()[i]).isCloseTo(expected.data()[i], offset(1e-5f));
        }
        String text = new String(written, StandardCharsets.ISO_8859_1);
        assertThat(text.contains("ConvTranspose")).isEqualTo(form.equals("ConvTranspose"));
        assertThat(text.contains("DepthToSpace")).isEqualTo(form.equals("DepthToSpace"));
    }

    private static Tensor random(String what, int... shape) {
        return Init.normal(0, 1).sample(shape, RANDOMNESS.forPurpose(what).at(0));
    }
}
