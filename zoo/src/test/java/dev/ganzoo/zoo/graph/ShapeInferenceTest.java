package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes that fit are covered by {@link OperationSamplesTest}; here are those that do not. */
@Tag("pure")
class ShapeInferenceTest {
    private static final Extent ONE = Extent.square(1);
    private static final Extent TWO = Extent.square(2);
    private static final Extent NONE = Extent.square(0);
    private static final Node ROWS = Node.input("rows", Shape.of(Shape.N, 4));
    private static final Node IMAGE = Node.input("image", Shape.of(Shape.N, 3, 6, 5));

    static Stream<Arguments> wrong() {
        Op conv = new Op.Conv2d(ONE, NONE, ONE, 1);
        Op grouped = new Op.Conv2d(ONE, NONE, ONE, 3);
        Op deconv = new Op.ConvTranspose2d(ONE, NONE);
        Op batchNorm = new Op.BatchNorm(1e-5, 0.1);
        Op spectralNorm = new Op.SpectralNorm(1e-12);
        Op.MaxPool2d pool = new Op.MaxPool2d(Extent.square(2));
        Node bias = p("bias", 7);
        return Stream.of(
                wrong(
                        () -> ROWS.plus(p("p", 3)),
                        "add of rows (N, 4), p (3): shapes must broadcast, got (N, 4) and (3)"),
                wrong(
                        () -> ROWS.minus(p("p", 2, 4)),
                        "subtract of rows (N, 4), p (2, 4): shapes must broadcast, got (N, 4) and (2, 4)"),
                wrong(
                        () -> ROWS.times(IMAGE),
                        "multiply of rows (N, 4), image (N, 3, 6, 5): shapes must broadcast, got (N, 4) and (N, 3, 6, 5)"),
                wrong(
                        () -> ROWS.relu().dividedBy(p("p", 5)),
                        "divide of relu (N, 4), p (5): shapes must broadcast, got (N, 4) and (5)"),
                wrong(() -> ROWS.sum(2), "sum of rows (N, 4): axes must be among [0, 1], got [2]"),
                wrong(() -> ROWS.mean(-1), "mean of rows (N, 4): axes must be among [0, 1], got [-1]"),
                wrong(() -> ROWS.sum(1, 1), "sum of rows (N, 4): axes must differ, got [1, 1]"),
                wrong(
                        () -> ROWS.reshape(Shape.N, 5),
                        "reshape of rows (N, 4): a reshape must keep every value, got (N, 4) to (N, 5)"),
                wrong(
                        () -> ROWS.reshape(4),
                        "reshape of rows (N, 4): a reshape must keep every value, got (N, 4) to (4)"),
                wrong(
                        () -> ROWS.transpose(0),
                        "transpose of rows (N, 4): a transpose must permute all 2 axes, got [0]"),
                wrong(
                        () -> ROWS.transpose(1, 1),
                        "transpose of rows (N, 4): a transpose must permute all 2 axes, got [1, 1]"),
                wrong(
                        () -> ROWS.matMul(p("p", 3, 4)),
                        "matMul of rows (N, 4), p (3, 4): columns must equal rows, got (N, 4) and (3, 4)"),
                wrong(
                        () -> ROWS.matMul(p("p", 4)),
                        "matMul of rows (N, 4), p (4): at least 2 axes are needed, got (N, 4) and (4)"),
                wrong(
                        () -> Node.apply(new Op.Linear(), ROWS, p("p", 4, 3)),
                        "linear of rows (N, 4), p (4, 3): the weight must take 4 features, got (4, 3)"),
                wrong(
                        () -> Node.apply(new Op.Linear(), ROWS, p("p", 3, 4), bias),
                        "linear of rows (N, 4), p (3, 4), bias (7): the bias must have shape (3), got (7)"),
                wrong(
                        () -> Node.apply(conv, ROWS, p("k", 8, 3, 3, 3)),
                        "conv2d of rows (N, 4), k (8, 3, 3, 3): 4 axes are needed, got (N, 4)"),
                wrong(
                        () -> Node.apply(conv, IMAGE, p("k", 8, 4, 3, 3)),
                        "conv2d of image (N, 3, 6, 5), k (8, 4, 3, 3): the kernel must take 3 channels in 1 groups, got (8, 4, 3, 3)"),
                wrong(
                        () -> Node.apply(grouped, IMAGE, p("k", 8, 1, 3, 3)),
                        "conv2d of image (N, 3, 6, 5), k (8, 1, 3, 3): output channels must be a multiple of 3 groups, got (8, 1, 3, 3)"),
                wrong(
                        () -> Node.apply(conv, IMAGE, p("k", 8, 3, 3, 6)),
                        "conv2d of image (N, 3, 6, 5), k (8, 3, 3, 6): a kernel of 6 with dilation 1 must fit into 5 + 2·0"),
                wrong(
                        () -> Node.apply(conv, IMAGE, p("k", 8, 3, 3, 3), bias),
                        "conv2d of image (N, 3, 6, 5), k (8, 3, 3, 3), bias (7): the bias must have shape (8), got (7)"),
                wrong(
                        () -> Node.apply(deconv, IMAGE, p("k", 4, 3, 3, 3)),
                        "convTranspose2d of image (N, 3, 6, 5), k (4, 3, 3, 3): the kernel must take 3 channels in 1 groups, got (4, 3, 3, 3)"),
                wrong(
                        () -> Node.apply(deconv, IMAGE, p("k", 3, 4, 3, 3), bias),
                        "convTranspose2d of image (N, 3, 6, 5), k (3, 4, 3, 3), bias (7): the bias must have shape (4), got (7)"),
                wrong(
                        () -> IMAGE.avgPool(7),
                        "avgPool2d of image (N, 3, 6, 5): a kernel of 7 with dilation 1 must fit into 6 + 2·0"),
                wrong(
                        () -> IMAGE.maxPool(7),
                        "maxPool2d of image (N, 3, 6, 5): a kernel of 7 with dilation 1 must fit into 6 + 2·0"),
                wrong(
                        () -> Node.apply(new Op.MaxPool2dGradient(pool), IMAGE, IMAGE),
                        "maxPool2dGradient of image (N, 3, 6, 5), image (N, 3, 6, 5): the gradient must have shape (N, 3, 3, 2), got (N, 3, 6, 5)"),
                wrong(
                        () -> Node.apply(new Op.DropMask("drop", 0.5, Shape.of(3, 1)), IMAGE),
                        "dropMask of image (N, 3, 6, 5): a mask must have a batch axis, got (3, 1)"),
                wrong(() -> IMAGE.dropout("drop", 1), "the rate of dropout must be in [0, 1), got 1.0"),
                wrong(
                        () -> Node.concat(1, List.of(IMAGE, p("p", 2, 3, 6, 5))),
                        "concat of image (N, 3, 6, 5), p (2, 3, 6, 5): inputs must differ only along axis 1, which is not the batch's, got [(N, 3, 6, 5), (2, 3, 6, 5)]"),
                wrong(
                        () -> Node.concat(0, List.of(ROWS, ROWS)),
                        "concat of rows (N, 4), rows (N, 4): inputs must differ only along axis 0, which is not the batch's, got [(N, 4), (N, 4)]"),
                wrong(
                        () -> ROWS.slice(0, 0, 1),
                        "slice of rows (N, 4): a slice must not cut the batch, got axis 0 of (N, 4)"),
                wrong(
                        () -> ROWS.slice(1, 2, 5),
                        "slice of rows (N, 4): a slice must be of entries of (N, 4), got Slice[axis=1, start=2, end=5, step=1]"),
                wrong(
                        () -> ROWS.pad(0, 1, 0),
                        "pad of rows (N, 4): the batch must not be padded, got Pad[before=[1, 0], after=[0, 0], value=0.0] of (N, 4)"),
                wrong(
                        () -> ROWS.expandLike(IMAGE),
                        "expand of rows (N, 4), image (N, 3, 6, 5): shapes must broadcast, got (N, 4) and (N, 3, 6, 5)"),
                wrong(
                        () -> Node.apply(new Op.Expand(Shape.of(Shape.N, 4)), p("p", 4)),
                        "expand of p (4): an input with a batch is needed for (N, 4), got [(4)]"),
                wrong(() -> ROWS.softmax(2), "softmax of rows (N, 4): the axis must be one of (N, 4), got 2"),
                wrong(
                        () -> Node.apply(new Op.LayerNorm(1e-5), IMAGE, p("a", 6, 4), p("b", 6, 4)),
                        "layerNorm of image (N, 3, 6, 5), a (6, 4), b (6, 4): the gain must have the shape of the last axes of (N, 3, 6, 5), got (6, 4)"),
                wrong(
                        () -> ROWS.upsample(Interpolation.NEAREST, 2),
                        "upsample2d of rows (N, 4): 4 axes are needed, got (N, 4)"),
                wrong(
                        () -> Node.apply(batchNorm, IMAGE, p("a", 3), p("b", 3), p("c", 4), p("d", 3)),
                        "batchNorm of image (N, 3, 6, 5), a (3), b (3), c (4), d (3): each statistic must have shape (3), got (4)"),
                wrong(
                        () -> Node.apply(batchNorm, p("x", 3), p("a", 3), p("b", 3), p("c", 3), p("d", 3)),
                        "batchNorm of x (3), a (3), b (3), c (3), d (3): batch norm takes (N, C) or (N, C, H, W), got (3)"),
                wrong(
                        () -> Node.apply(spectralNorm, p("w", 4, 3, 2, 2), p("u", 4), p("v", 3)),
                        "spectralNorm of w (4, 3, 2, 2), u (4), v (3): v must have shape (12), got (3)"),
                wrong(
                        () -> Node.apply(spectralNorm, p("w", 4, 3), p("u", 3), p("v", 3)),
                        "spectralNorm of w (4, 3), u (3), v (3): u must have shape (4), got (3)"),
                wrong(
                        () -> Node.apply(spectralNorm, p("w", 4), p("u", 4), p("v", 1)),
                        "spectralNorm of w (4), u (4), v (1): spectral norm takes a weight (O, …), got (4)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongShapeIsRefusedWhereItIsWritten(Supplier<Node> node, String message) {
        assertThatThrownBy(node::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> wrongSettings() {
        Op standing = new Op.Conv2d(NONE, NONE, ONE, 1);
        Op padded = new Op.ConvTranspose2d(ONE, Extent.square(4));
        Node square = p("k", 3, 3, 3, 3);
        String pair = " of image (N, 3, 6, 5), k (3, 3, 3, 3): ";
        return Stream.of(
                wrong(
                        () -> Node.apply(standing, IMAGE, square),
                        "conv2d" + pair + "stride and dilation must be > 0, got 0 and 1"),
                wrong(
                        () -> Node.apply(new Op.ConvTranspose2d(NONE, NONE), IMAGE, square),
                        "convTranspose2d" + pair + "stride and dilation must be > 0, got 0 and 1"),
                wrong(
                        () -> Node.apply(new Op.MaxPool2d(TWO, TWO, TWO), IMAGE),
                        "maxPool2d of image (N, 3, 6, 5): the padding must be at most half the window 2, got 2"),
                wrong(() -> ROWS.clip(1, 0), "clip of rows (N, 4): limits must not cross, got 1.0 and 0.0"),
                wrong(
                        () -> Node.apply(new Op.Slice(1, 0, 4, 0), ROWS),
                        "slice of rows (N, 4): the step must not be 0, got Slice[axis=1, start=0, end=4, step=0]"),
                wrong(
                        () -> Node.apply(padded, IMAGE, square),
                        "convTranspose2d" + pair + "padding must leave an image, got 0 × -1"),
                wrong(
                        () -> IMAGE.upsample(Interpolation.NEAREST, -1),
                        "upsample2d of image (N, 3, 6, 5): the factor must be > 0, got -1"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void aSettingWithoutMeaningIsRefused(Supplier<Node> node, String message) {
        assertThatThrownBy(node::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> wrongCounts() {
        return Stream.of(
                wrong(() -> Node.apply(new Op.Add(), ROWS), "add of rows (N, 4): 2 inputs are needed, got 1"),
                wrong(
                        () -> Node.apply(new Op.Relu(), ROWS, ROWS),
                        "relu of rows (N, 4), rows (N, 4): 1 input is needed, got 2"),
                wrong(
                        () -> Node.apply(new Op.Linear(), ROWS),
                        "linear of rows (N, 4): 2 to 3 inputs are needed, got 1"));
    }

    @ParameterizedTest
    @MethodSource("wrongCounts")
    void aWrongNumberOfInputsIsRefused(Supplier<Node> node, String message) {
        assertThatThrownBy(node::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theNameOfTheNodeIsInTheMessage() {
        Node named = ROWS.matMul(p("weight", 4, 3)).named("block1.linear");

        assertThatThrownBy(() -> named.withInputs(List.of(ROWS, p("weight", 5, 3))))
                .hasMessage("block1.linear (matMul) of rows (N, 4), weight (5, 3): columns must equal rows,"
                        + " got (N, 4) and (5, 3)");
    }

    @Test
    void namesOfInputsAreInTheMessage() {
        Node named = ROWS.relu().named("hidden");

        assertThatThrownBy(() -> named.plus(p("p", 3))).hasMessageStartingWith("add of hidden (N, 4), p (3): ");
        assertThat(named).hasToString("hidden: relu (N, 4)");
    }

    private static Node p(String name, int... extents) {
        return Node.parameter(name, Init.constant(0), extents);
    }

    private static Arguments wrong(Supplier<Node> node, String message) {
        return arguments(node, message);
    }
}
