package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;

/** Convolutions and poolings of images (N, C, H, W). */
final class WindowRules {
    private static final Extent NONE = Extent.square(0);

    private WindowRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Conv", Rule.node(WindowRules::conv), "2-D")
                .add("ConvTranspose", Rule.node(WindowRules::convTranspose), "2-D")
                .add("MaxPool", Rule.node(WindowRules::maxPool), "2-D; first output; no dilations")
                .add("AveragePool", Rule.node(WindowRules::averagePool), "2-D; no dilations");
    }

    private static Node image(Call call) {
        Node x = call.node(0);
        if (x.shape().rank() != 4 || x.shape().extent(2) < 0 || x.shape().extent(3) < 0) {
            throw new Unsupported("images (N, C, H, W) are needed, got " + x.shape());
        }
        return x;
    }

    private static int[] weightKernel(Call call, Node weight) {
        if (weight.shape().rank() != 4 || weight.shape().isBatched()) {
            throw new Unsupported("a weight of 4 axes is needed, got " + weight.shape());
        }
        int[] kernel = {weight.shape().extent(2), weight.shape().extent(3)};
        int[] said = Windows.pair(call.attributes(), "kernel_shape", 0);
        if (call.attributes().has("kernel_shape") && (said[0] != kernel[0] || said[1] != kernel[1])) {
            throw new IllegalArgumentException("kernel_shape must be that of the weight %s, got [%d, %d]"
                    .formatted(weight.shape(), said[0], said[1]));
        }
        return kernel;
    }

    private static int groups(Call call, Node weight) {
        long groups = call.attributes().integer("group", 1);
        if (groups < 1 || groups > Budget.MOST_ELEMENTS / weight.shape().extent(1)) {
            throw new IllegalArgumentException("group must be at least 1, got " + groups);
        }
        return (int) groups;
    }

    private static Node conv(Call call) {
        Node x = image(call);
        Node weight = call.node(1);
        Windows windows = Windows.over(call, x.shape(), weightKernel(call, weight));
        Extent padding = windows.symmetric(x.shape());
        if (padding == null) {
            x = padded(call, x, windows.before(), windows.after(), 0);
            padding = NONE;
        }
        Op op = new Op.Conv2d(windows.stride(), padding, windows.dilation(), groups(call, weight));
        return call.has(2) ? call.emit(op, x, weight, call.node(2)) : call.emit(op, x, weight);
    }

    private static Node padded(Call call, Node x, int[] before, int[] after, double value) {
        if (before[0] == 0 && before[1] == 0 && after[0] == 0 && after[1] == 0) {
            return x;
        }
        return IndexRules.zeros(
                call, x, new int[] {0, 0, before[0], before[1]}, new int[] {0, 0, after[0], after[1]}, value);
    }

    private static Node convTranspose(Call call) {
        Node x = image(call);
        Node weight = call.node(1);
        AttributeSet attributes = call.attributes();
        int[] kernel = weightKernel(call, weight);
        int[] strides = Windows.pair(attributes, "strides", 1);
        int[] dilations = Windows.pair(attributes, "dilations", 1);
        String auto = attributes.text("auto_pad", "NOTSET");
        int[] pads = Windows.pads(attributes, auto);
        long[] extra = attributes.integers("output_padding");
        long[] wanted = attributes.integers("output_shape");
        int[] more = new int[2];
        int[] padding = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            more[axis] = extra == null ? 0 : (int) Math.max(-1, Math.min(extra[axis], 1 << 16));
            long full = (x.shape().extent(axis + 2) - 1L) * strides[axis]
                    + more[axis]
                    + (kernel[axis] - 1L) * dilations[axis]
                    + 1;
            if (more[axis] < 0 || full > Budget.MOST_ELEMENTS) {
                throw new IllegalArgumentException("output_padding must be at least 0 and the result bounded");
            }
            if (wanted != null || auto.startsWith("SAME")) {
                long target = wanted == null
                        ? (long) x.shape().extent(axis + 2) * strides[axis]
                        : wanted[wanted.length - 2 + axis];
                distribute(pads, axis, full - target, auto);
            }
            padding[axis] = Math.min(pads[axis], pads[axis + 2]);
        }
        Op op = new Op.ConvTranspose2d(
                new Extent(strides[0], strides[1]),
                new Extent(padding[0], padding[1]),
                new Extent(more[0], more[1]),
                new Extent(dilations[0], dilations[1]),
                groups(call, weight));
        Node result = call.has(2) ? call.emit(op, x, weight, call.node(2)) : call.emit(op, x, weight);
        return cropped(call, result, pads, padding);
    }

    private static void distribute(int[] pads, int axis, long total, String auto) {
        if (total < 0 || total > 1 << 16) {
            throw new Unsupported("output_shape must cut 0 to 65536 entries, got " + total);
        }
        int smaller = (int) (total / 2);
        int larger = (int) total - smaller;
        pads[axis] = auto.equals("SAME_UPPER") ? smaller : larger;
        pads[axis + 2] = auto.equals("SAME_UPPER") ? larger : smaller;
    }

    private static Node cropped(Call call, Node x, int[] pads, int[] done) {
        Value result = Traced.floats(x);
        for (int axis = 0; axis < 2; axis++) {
            int end = result.extent(axis + 2) - (pads[axis + 2] - done[axis]);
            int start = pads[axis] - done[axis];
            if (start >= end) {
                throw new IllegalArgumentException("padding must leave an image, got [%d, %d)".formatted(start, end));
            }
            result = Structure.slice(call, result, axis + 2, start, end, 1);
        }
        return Call.node(result);
    }

    private static Windows pooling(Call call, Node x) {
        Windows windows = Windows.over(call, x.shape(), Windows.kernel(call));
        if (!windows.dilation().equals(Extent.square(1))) {
            throw new Unsupported("dilations of a pooling must be 1, got " + windows.dilation());
        }
        return windows;
    }

    private static Node maxPool(Call call) {
        call.attributes().ignore("storage_order");
        call.onlyFirstOutput();
        Node x = image(call);
        Windows windows = pooling(call, x);
        Extent padding = windows.symmetric(x.shape());
        Extent window = windows.window();
        boolean plain =
                padding != null && 2 * padding.height() <= window.height() && 2 * padding.width() <= window.width();
        if (!plain) {
            x = padded(call, x, windows.before(), behind(windows, x.shape()), -Float.MAX_VALUE);
            padding = NONE;
        }
        return call.emit(new Op.MaxPool2d(window, windows.stride(), padding), x);
    }

    /** Padding behind the image as far as the windows reach. */
    private static int[] behind(Windows windows, Shape image) {
        return new int[] {windows.needed(0, image.extent(2)), windows.needed(1, image.extent(3))};
    }

    private static Node averagePool(Call call) {
        boolean padsCount = call.attributes().flag("count_include_pad", false);
        Node x = image(call);
        Windows windows = pooling(call, x);
        Extent padding = windows.symmetric(x.shape());
        Shape image = x.shape();
        if (padding == null
                || 2 * padding.height() > windows.kernel()[0]
                || 2 * padding.width() > windows.kernel()[1]) {
            x = padded(call, x, windows.before(), behind(windows, image), 0);
            padding = NONE;
        }
        Node mean = call.emit(new Op.AvgPool2d(windows.window(), windows.stride(), padding), x);
        float[] correction = correction(call, windows, image, padsCount);
        return correction == null
                ? mean
                : call.times(mean, Node.constant(Tensor.of(correction, windows.places()[0], windows.places()[1])));
    }

    /** The window's area over the entries of it that count, at each place; null if it is 1 everywhere. */
    private static float[] correction(Call call, Windows windows, Shape image, boolean padsCount) {
        int[][] counts = new int[2][];
        boolean all = true;
        for (int axis = 0; axis < 2; axis++) {
            int extent = image.extent(axis + 2);
            int least = padsCount ? -windows.before()[axis] : 0;
            int most = extent + (padsCount ? windows.after()[axis] : 0);
            counts[axis] = new int[call.budget().claim(windows.places()[axis], Integer.BYTES)];
            for (int place = 0; place < counts[axis].length; place++) {
                int start = place * windows.strides()[axis] - windows.before()[axis];
                counts[axis][place] = Math.min(most, start + windows.kernel()[axis]) - Math.max(least, start);
                all &= counts[axis][place] == windows.kernel()[axis];
            }
        }
        if (all) {
            return null;
        }
        float[] correction = new float[call.budget().claim((long) counts[0].length * counts[1].length, Float.BYTES)];
        double area = (double) windows.kernel()[0] * windows.kernel()[1];
        for (int i = 0; i < correction.length; i++) {
            int count = counts[0][i / counts[1].length] * counts[1][i % counts[1].length];
            correction[i] = (float) (area / Math.max(1, count));
        }
        return correction;
    }
}
