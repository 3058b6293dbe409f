package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;

/** Images at another size: every resizing by nearest or linear is a product with one constant matrix per axis. */
final class ResizeRules {
    private ResizeRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Resize", Rule.node(ResizeRules::resize), "nearest and linear, of height and width")
                .add("Upsample", Rule.node(ResizeRules::upsample), "nearest and linear, of height and width");
    }

    private static Node upsample(Call call) {
        AttributeSet attributes = call.attributes();
        double[] scales = attributes.has("scales")
                ? attributes.reals("scales").stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray()
                : reals(call.known(1, "scales"));
        String mode = attributes.text("mode", "nearest");
        return resized(call, scales, null, new Sampling(mode, "asymmetric", "floor"));
    }

    private static Node resize(Call call) {
        AttributeSet attributes = call.attributes();
        String mode = attributes.text("mode", "nearest");
        if (call.opset() < 11) {
            return resized(call, reals(call.known(1, "scales")), null, new Sampling(mode, "asymmetric", "floor"));
        }
        attributes.ignore("cubic_coeff_a", "extrapolation_value", "exclude_outside");
        if (attributes.flag("antialias", false)
                || !attributes.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw new Unsupported("a resize must be without antialias and stretch");
        }
        Sampling sampling = new Sampling(
                mode,
                attributes.text("coordinate_transformation_mode", "half_pixel"),
                attributes.text("nearest_mode", "round_prefer_floor"));
        Node x = call.node(0);
        long[] axes = attributes.integers("axes");
        boolean scaled = call.has(2) && call.known(2, "scales").size() > 0;
        Known given = scaled ? call.known(2, "scales") : call.known(3, "sizes");
        int count = axes == null ? x.shape().rank() : axes.length;
        if (given.size() != count) {
            throw new IllegalArgumentException("%d scales or sizes are needed, got %s".formatted(count, given));
        }
        double[] scales = new double[x.shape().rank()];
        int[] sizes = x.shape().extents();
        Arrays.fill(scales, 1);
        for (int i = 0; i < count; i++) {
            int axis = axes == null ? i : Call.axis(axes[i], scales.length);
            if (scaled) {
                scales[axis] = given.fixed(i);
            } else {
                boolean batch = sizes[axis] < 0
                        && given.amount(i).equals(Amount.of(call.scope().fixedBatch()));
                sizes[axis] = batch ? sizes[axis] : ReshapeRules.extent(given.amount(i));
            }
        }
        return resized(call, scales, scaled ? null : sizes, sampling);
    }

    private static double[] reals(Known known) {
        double[] values = new double[known.size()];
        Arrays.setAll(values, known::fixed);
        return values;
    }

    /** By {@code scales}, or to {@code sizes} where these are given. */
    private static Node resized(Call call, double[] scales, int[] sizes, Sampling sampling) {
        Node x = call.node(0);
        int[] from = x.shape().extents();
        if (from.length != 4 || scales.length != 4) {
            throw new Unsupported("images (N, C, H, W) are needed, got " + x.shape());
        }
        int[] to = from.clone();
        for (int axis = 0; axis < 4; axis++) {
            double scale = scales[axis];
            if (!(scale > 0 && scale * Math.abs((double) from[axis]) < Budget.MOST_ELEMENTS)) {
                throw new IllegalArgumentException(
                        "scales must be positive and bounded, got " + Arrays.toString(scales));
            }
            to[axis] = sizes != null ? sizes[axis] : scale == 1 ? from[axis] : (int) Math.floor(from[axis] * scale);
            scales[axis] = sizes != null ? (double) to[axis] / from[axis] : scale;
        }
        if (to[0] != from[0] || to[1] != from[1] || from[2] < 0 || from[3] < 0 || to[2] < 1 || to[3] < 1) {
            throw new Unsupported(
                    "height and width only are resized, got %s to %s".formatted(x.shape(), Arrays.toString(to)));
        }
        double[][] rows = sampling.matrix(call, from[2], to[2], scales[2]);
        double[][] columns = sampling.matrix(call, from[3], to[3], scales[3]);
        int factor = to[2] / from[2];
        for (Interpolation interpolation : Interpolation.values()) {
            if (from[2] * factor == to[2]
                    && from[3] * factor == to[3]
                    && sampling.isWhole(interpolation, rows, factor)
                    && sampling.isWhole(interpolation, columns, factor)) {
                return factor == 1 ? x : call.emit(new Op.Upsample2d(interpolation, factor), x);
            }
        }
        Node tall = call.emit(new Op.MatMul(), constant(rows, false), x);
        return call.emit(new Op.MatMul(), tall, constant(columns, true));
    }

    private static Node constant(double[][] matrix, boolean transposed) {
        int height = matrix.length;
        int width = matrix[0].length;
        float[] values = new float[height * width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                values[transposed ? j * height + i : i * width + j] = (float) matrix[i][j];
            }
        }
        return Node.constant(transposed ? Tensor.of(values, width, height) : Tensor.of(values, height, width));
    }
}
