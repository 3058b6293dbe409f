package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Small graphs that between them hold every operation and its edge cases. The tests of every reading (shapes, reference,
 * execution, ONNX) go through this one table.
 */
public final class OperationSamples {
    private static final int[] BATCHES = {1, 3};
    private static final Op.MaxPool2d OVERLAPPING =
            new Op.MaxPool2d(Extent.square(3), Extent.square(2), Extent.square(1));

    private OperationSamples() {}

    /** All samples; names are unique. */
    public static List<OperationSample> all() {
        return Stream.of(
                        leaves(),
                        elementwise(),
                        reductions(),
                        layouts(),
                        products(),
                        convolutions(),
                        transposedConvolutions(),
                        resamplings(),
                        normalizations())
                .flatMap(List::stream)
                .toList();
    }

    /** Every sample in every mode in which it means something, at batch sizes of 1 and 3. */
    public static Stream<OperationCase> cases() {
        return all().stream().flatMap(OperationSamples::cases);
    }

    private static Stream<OperationCase> cases(OperationSample sample) {
        return Stream.of(Mode.values())
                .flatMap(mode -> Arrays.stream(BATCHES)
                        .filter(batch -> mode == Mode.EVALUATION || batch >= sample.leastTrainingBatch())
                        .mapToObj(batch -> new OperationCase(sample, mode, batch)));
    }

    private static List<OperationSample> leaves() {
        Node x = image(2, 3, 2);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("first", x.relu());
        outputs.put("second", outputs.get("first").plus(parameter("shift", 2, 1, 1)));
        return List.of(
                sample("constant vector", rows(4).plus(constant(1, -2, 0.5, 3))),
                sample("constant number", rows(4).times(Node.constant(-0.3))),
                sample("buffer", rows(4).plus(Node.buffer("offset", Init.constant(0), 4))),
                OperationSample.of(Graph.of("two outputs, one made of the other", outputs)));
    }

    private static List<OperationSample> elementwise() {
        Node x = image(3, 2, 4);
        Node column = Node.input("column", Shape.of(Shape.N, 1, 4));
        Node perSample = Node.input("per_sample", Shape.of(Shape.N, 3, 1, 1));
        return List.of(
                sample("add parameter per channel", x.plus(parameter("shift", 3, 1, 1))),
                sample("add, both stretch", column.plus(parameter("row", 3, 1))),
                sample("add input to itself", x.plus(x)),
                sample("add number of no axes", x.plus(parameter("shift"))),
                sample("subtract per sample", x.minus(perSample)),
                sample("subtract from parameter", parameter("from", 2, 4).minus(x)),
                sample("multiply per sample", x.times(perSample)),
                sample("multiply, left stretches", parameter("gain", 3, 1, 1).times(x)),
                sample("square", x.times(x)),
                positive("divide per channel", x.dividedBy(parameter("by", 3, 1, 1))),
                positive("divide by input", parameter("from", 4).dividedBy(rows(4))),
                positive("sqrt", x.sqrt()),
                wide("relu", x.relu()),
                wide("tanh", x.tanh()),
                sample("exp", x.exp()),
                positive("log", x.log()),
                sample("abs", x.abs()),
                wide("erf", x.erf()),
                wide("sigmoid", x.sigmoid()),
                wide("leakyRelu", x.leakyRelu(0.2)),
                wide("clip", x.clip(-0.4, 0.7)),
                wide("clip above only", x.clip(Double.NEGATIVE_INFINITY, 0.5)),
                positive("power of a fraction", x.power(-0.75)),
                sample("power of a whole number", x.power(3)),
                sample("greater", x.greaterThan(perSample).times(x.plus(perSample))),
                sample(
                        "greater than a number",
                        x.greaterThan(Node.constant(0.1)).times(x)),
                wide("equal", x.relu().equalTo(Node.constant(0)).times(x)));
    }

    private static List<OperationSample> reductions() {
        Node x = image(3, 2, 4);
        return List.of(
                sample("sum of rows", rows(5).sum(1)),
                sample("sum over image", x.sum(2, 3)),
                sample("sum over batch", x.sum(0)),
                sample("sum over outer axes, unordered", x.sum(3, 0)),
                sample("sum of all", x.sum(0, 1, 2, 3)),
                sample("sum keeping axes", apply(new Op.Sum(List.of(1, 3), true), x)),
                sample("mean over image", x.mean(2, 3)),
                sample("mean over batch", x.mean(0)),
                sample("mean over batch and image", x.mean(0, 2, 3)),
                sample("mean of all", x.mean(0, 1, 2, 3)),
                sample("mean keeping axes", apply(new Op.Mean(List.of(2, 3), true), x)),
                sample("max over image", x.max(2, 3)),
                sample("max of rows", rows(5).max(1)),
                sample("max over inner axis", x.max(1)),
                sample("max keeping axes", apply(new Op.Max(List.of(1, 3), true), x)),
                wide("softmax of rows", rows(5).softmax(1)),
                sample("softmax of channels", x.softmax(1)),
                wide("logSoftmax of rows", rows(5).logSoftmax(1)),
                sample("logSoftmax of last axis", x.logSoftmax(3)));
    }

    private static List<OperationSample> layouts() {
        Node x = image(3, 2, 4);
        return List.of(
                sample("reshape to image", rows(24).reshape(Shape.N, 3, 2, 4)),
                sample("reshape to rows", x.reshape(Shape.N, 24)),
                sample("reshape into batch", x.reshape(3 * Shape.N, 2, 4)),
                sample(
                        "reshape into batch and back",
                        x.reshape(6 * Shape.N, 4).relu().reshape(Shape.N, 3, 8)),
                sample("reshape batch to column", rows(5).sum(1).reshape(Shape.N, 1)),
                sample("reshape number", x.sum(0, 1, 2, 3).reshape(1, 1)),
                sample("transpose to channels last", x.transpose(0, 2, 3, 1)),
                sample("transpose cycle", x.transpose(3, 0, 1, 2)),
                sample("transpose matrix", rows(5).transpose(1, 0)),
                sample("transpose nothing", x.transpose(0, 1, 2, 3)),
                sample("concat channels", Node.concat(1, List.of(x, x.relu(), x.slice(1, 0, 1)))),
                sample("concat of one", Node.concat(2, List.of(x))),
                sample("slice", x.slice(3, 1, 3)),
                sample("slice of rows", rows(5).slice(1, 2, 5)),
                sample("slice with steps", apply(new Op.Slice(3, 1, 4, 2), x)),
                sample("slice backwards", apply(new Op.Slice(3, 3, -1, -1), x)),
                sample("slice backwards with steps", apply(new Op.Slice(3, 3, 0, -2), x)),
                sample("pad", x.pad(2, 1, 2)),
                sample("pad of several axes", apply(new Op.Pad(List.of(0, 1, 0, 2), List.of(0, 0, 1, 1), 0.5), x)),
                sample("expand to batch", apply(new Op.Expand(Shape.of(Shape.N, 3, 4)), parameter("row", 3, 1), x)),
                sample("expand within batch", x.sum(1).reshape(Shape.N, 1, 2, 4).expandLike(x)),
                sample(
                        "expand to fixed shape",
                        apply(new Op.Expand(Shape.of(2, 3, 5)), parameter("row", 3, 1))
                                .times(rows(5).sum(0))));
    }

    private static List<OperationSample> products() {
        Node x = rows(5);
        Node image = image(3, 2, 4);
        return List.of(
                sample("matMul by parameter", x.matMul(parameter("right", 5, 3))),
                sample("matMul of parameter", parameter("left", 3, 5).matMul(x.transpose(1, 0))),
                sample("matMul over batch", x.transpose(1, 0).matMul(x)),
                sample("matMul of one column", x.matMul(parameter("right", 5, 1))),
                sample("matMul of many", image.matMul(image.transpose(0, 1, 3, 2))),
                sample("matMul of many by one", image(3, 2, 4).matMul(parameter("right", 4, 5))),
                sample("matMul of one by many", parameter("left", 5, 2).matMul(image(3, 2, 4))),
                sample("matMul, both stretch", image(1, 2, 4).matMul(parameter("right", 3, 4, 2))),
                sample("linear", apply(new Op.Linear(), x, parameter("weight", 3, 5), parameter("bias", 3))),
                sample("linear without bias", apply(new Op.Linear(), x, parameter("weight", 3, 5))),
                sample("linear to one", apply(new Op.Linear(), x, parameter("weight", 1, 5), parameter("bias", 1))));
    }

    private static List<OperationSample> convolutions() {
        Extent one = Extent.square(1);
        Extent two = Extent.square(2);
        Extent none = Extent.square(0);
        Node x = image(3, 6, 5);
        Node wide = image(4, 9, 8);
        return List.of(
                conv("conv2d", x, new Op.Conv2d(one, none, one, 1), 4, 3, 3, 3),
                conv("conv2d padding", x, new Op.Conv2d(one, one, one, 1), 4, 3, 3, 3),
                conv("conv2d 1×1", x, new Op.Conv2d(one, none, one, 1), 4, 3, 1, 1),
                conv("conv2d to one channel", x, new Op.Conv2d(one, one, one, 1), 1, 3, 3, 3),
                conv("conv2d whole image", x, new Op.Conv2d(one, none, one, 1), 4, 3, 6, 5),
                conv("conv2d stride", x, new Op.Conv2d(two, one, one, 1), 4, 3, 3, 3),
                conv("conv2d stride of even kernel", wide, new Op.Conv2d(two, one, one, 1), 4, 4, 4, 4),
                conv(
                        "conv2d uneven",
                        wide,
                        new Op.Conv2d(new Extent(2, 1), new Extent(1, 0), new Extent(1, 2), 1),
                        4,
                        4,
                        3,
                        2),
                conv("conv2d dilation", wide, new Op.Conv2d(one, two, two, 1), 4, 4, 3, 3),
                conv("conv2d padding beyond kernel", x, new Op.Conv2d(one, two, one, 1), 4, 3, 2, 2),
                conv("conv2d groups", wide, new Op.Conv2d(one, one, one, 2), 6, 2, 3, 3),
                conv("conv2d depthwise", wide, new Op.Conv2d(one, one, one, 4), 4, 1, 3, 3),
                conv("conv2d everything", wide, new Op.Conv2d(two, two, two, 2), 6, 2, 3, 3),
                sample(
                        "conv2d without bias",
                        apply(new Op.Conv2d(one, one, one, 1), x, parameter("weight", 4, 3, 3, 3))));
    }

    private static OperationSample conv(String name, Node x, Op.Conv2d op, int... kernel) {
        return sample(name, apply(op, x, parameter("weight", kernel), parameter("bias", kernel[0])));
    }

    private static List<OperationSample> transposedConvolutions() {
        Node x = image(3, 4, 5);
        return List.of(
                deconv("convTranspose2d doubling", x, 2, 1, 3, 2, 4, 4),
                deconv("convTranspose2d from one pixel", image(3, 1, 1), 1, 0, 3, 2, 4, 4),
                deconv("convTranspose2d stride 1", x, 1, 1, 3, 2, 3, 3),
                deconv("convTranspose2d disjoint", x, 2, 0, 3, 2, 2, 2),
                deconv("convTranspose2d gaps", x, 3, 0, 3, 2, 2, 2),
                deconv("convTranspose2d odd kernel", x, 2, 2, 3, 2, 5, 5),
                deconv("convTranspose2d stride 3", x, 3, 2, 3, 2, 4, 4),
                deconv("convTranspose2d much cut off", x, 2, 3, 3, 2, 3, 3),
                deconv("convTranspose2d wide cut off", x, 1, 2, 3, 2, 2, 2),
                sample(
                        "convTranspose2d uneven",
                        apply(
                                new Op.ConvTranspose2d(new Extent(2, 1), new Extent(0, 1)),
                                x,
                                parameter("weight", 3, 2, 3, 4),
                                parameter("bias", 2))),
                sample(
                        "convTranspose2d everything",
                        apply(
                                new Op.ConvTranspose2d(
                                        Extent.square(2), Extent.square(1), new Extent(1, 0), new Extent(1, 2), 1),
                                x,
                                parameter("weight", 3, 2, 3, 3),
                                parameter("bias", 2))),
                sample(
                        "convTranspose2d groups",
                        apply(
                                new Op.ConvTranspose2d(
                                        Extent.square(2), Extent.square(1), Extent.square(1), Extent.square(1), 2),
                                image(4, 3, 3),
                                parameter("weight", 4, 3, 3, 3),
                                parameter("bias", 6))),
                deconv("convTranspose2d doubling to many channels", image(1, 2, 3), 2, 1, 1, 65, 4, 4),
                sample(
                        "convTranspose2d without bias",
                        apply(
                                new Op.ConvTranspose2d(Extent.square(2), Extent.square(1)),
                                x,
                                parameter("weight", 3, 2, 4, 4))));
    }

    private static OperationSample deconv(String name, Node x, int stride, int padding, int... kernel) {
        Op op = new Op.ConvTranspose2d(Extent.square(stride), Extent.square(padding));
        return sample(name, apply(op, x, parameter("weight", kernel), parameter("bias", kernel[1])));
    }

    private static List<OperationSample> resamplings() {
        return List.of(
                sample("avgPool2d", image(3, 6, 4).avgPool(2)),
                sample("avgPool2d uneven", apply(new Op.AvgPool2d(new Extent(1, 3)), image(2, 4, 6))),
                sample("avgPool2d whole image", image(3, 4, 4).avgPool(4)),
                sample("avgPool2d of one pixel", image(3, 2, 2).avgPool(1)),
                sample(
                        "avgPool2d overlapping",
                        apply(new Op.AvgPool2d(Extent.square(3), Extent.square(2), Extent.square(1)), image(2, 5, 6))),
                sample("avgPool2d leaving some out", image(2, 5, 6).avgPool(2)),
                sample("maxPool2d", image(3, 6, 4).maxPool(2)),
                sample("maxPool2d whole image", image(3, 4, 4).maxPool(4)),
                sample("maxPool2d overlapping", apply(OVERLAPPING, image(2, 5, 6))),
                sample("maxPool2d of ties", apply(OVERLAPPING, image(2, 5, 6).relu())),
                sample(
                        "maxPool2dGradient",
                        apply(
                                new Op.MaxPool2dGradient(new Op.MaxPool2d(Extent.square(2))),
                                image(2, 4, 4).relu(),
                                Node.input("g", Shape.of(Shape.N, 2, 2, 2)))),
                sample(
                        "maxPool2dGradient overlapping",
                        apply(
                                new Op.MaxPool2dGradient(OVERLAPPING),
                                image(2, 5, 6),
                                Node.input("g", Shape.of(Shape.N, 2, 3, 3)))),
                sample("upsample2d nearest", image(3, 3, 4).upsample(Interpolation.NEAREST, 2)),
                sample("upsample2d nearest threefold", image(3, 2, 3).upsample(Interpolation.NEAREST, 3)),
                sample("upsample2d bilinear", image(3, 3, 4).upsample(Interpolation.BILINEAR, 2)),
                sample("upsample2d bilinear threefold", image(3, 2, 3).upsample(Interpolation.BILINEAR, 3)),
                sample("upsample2d bilinear fourfold", image(3, 2, 3).upsample(Interpolation.BILINEAR, 4)),
                sample("upsample2d bilinear of one pixel", image(3, 1, 1).upsample(Interpolation.BILINEAR, 2)),
                sample("upsample2d bilinear of one row", image(3, 1, 4).upsample(Interpolation.BILINEAR, 2)));
    }

    private static List<OperationSample> normalizations() {
        return List.of(
                sample("batchNorm of images", batchNorm(image(3, 2, 4), 1e-5, 0.1)),
                sample("batchNorm of rows", batchNorm(rows(4), 1e-5, 0.1)).trainedFrom(2),
                sample("batchNorm of single pixels", batchNorm(image(3, 1, 1), 1e-5, 0.1))
                        .trainedFrom(2),
                sample("batchNorm of other settings", batchNorm(image(3, 2, 4), 1e-2, 0.7)),
                sample("layerNorm of images", layerNorm(image(3, 2, 4), 3, 2, 4)),
                sample("layerNorm of last axis", layerNorm(image(3, 2, 4), 4)),
                sample("layerNorm of rows", layerNorm(rows(6), 6)),
                sample("dropout", rows(6).dropout("drop", 0.3)),
                sample("dropout of channels", image(4, 2, 3).channelDropout("drop", 0.5)),
                positive("spectralNorm of kernel", spectralNorm(4, 3, 3, 3)),
                positive("spectralNorm of matrix", spectralNorm(5, 6)),
                positive("spectralNorm of row", spectralNorm(1, 6)),
                positive("spectralNorm of column", spectralNorm(6, 1)));
    }

    private static Node batchNorm(Node x, double epsilon, double momentum) {
        int channels = x.shape().extent(1);
        return apply(
                new Op.BatchNorm(epsilon, momentum),
                x,
                parameter("gain", channels),
                parameter("bias", channels),
                Node.buffer("mean", Init.constant(0), channels),
                Node.buffer("variance", Init.constant(1), channels));
    }

    private static Node layerNorm(Node x, int... extents) {
        return apply(new Op.LayerNorm(1e-5), x, parameter("gain", extents), parameter("bias", extents));
    }

    private static Node spectralNorm(int... extents) {
        int columns = Arrays.stream(extents).skip(1).reduce(1, Math::multiplyExact);
        Node normalized = apply(
                new Op.SpectralNorm(1e-12),
                parameter("weight", extents),
                Node.buffer("weight.u", Init.unitVector(), extents[0]),
                Node.buffer("weight.v", Init.unitVector(), columns));
        return rows(columns).matMul(normalized.reshape(extents[0], columns).transpose(1, 0));
    }

    private static Node rows(int width) {
        return Node.input("x", Shape.of(Shape.N, width));
    }

    private static Node image(int channels, int height, int width) {
        return Node.input("x", Shape.of(Shape.N, channels, height, width));
    }

    private static Node parameter(String name, int... extents) {
        return Node.parameter(name, Init.normal(0, 1), extents);
    }

    private static Node constant(double... values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return Node.constant(Tensor.of(narrow, narrow.length));
    }

    private static Node apply(Op op, Node... inputs) {
        return Node.apply(op, inputs);
    }

    private static OperationSample sample(String name, Node output) {
        return OperationSample.of(Graph.of(name, "out", output));
    }

    private static OperationSample positive(String name, Node output) {
        return sample(name, output).withValues(OperationSample.Values.POSITIVE);
    }

    private static OperationSample wide(String name, Node output) {
        return sample(name, output).withValues(OperationSample.Values.WIDE);
    }
}
