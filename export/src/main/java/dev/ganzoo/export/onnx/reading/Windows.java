package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Shape;

/**
 * How windows slide over an image, from the attributes that convolutions and poolings share. Each array has height, then
 * width.
 *
 * @param kernel the window
 * @param strides the distance between windows
 * @param dilations the distance between the window's entries
 * @param before padding above and to the left
 * @param after padding below and to the right
 * @param places how many windows fit
 */
record Windows(int[] kernel, int[] strides, int[] dilations, int[] before, int[] after, int[] places) {
    private static final int MOST = 1 << 16;

    /** Windows of {@code kernel} over an image, each axis rounded up or down to whole windows. */
    static Windows over(Call call, Shape image, int[] kernel) {
        AttributeSet attributes = call.attributes();
        int[] strides = pair(attributes, "strides", 1);
        int[] dilations = pair(attributes, "dilations", 1);
        boolean ceil = attributes.flag("ceil_mode", false);
        String auto = attributes.text("auto_pad", "NOTSET");
        int[] pads = pads(attributes, auto);
        int[] places = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int extent = image.extent(axis + 2);
            int reach = Math.multiplyExact(kernel[axis] - 1, dilations[axis]) + 1;
            if (auto.startsWith("SAME")) {
                places[axis] = (extent + strides[axis] - 1) / strides[axis];
                int total = Math.max(0, (places[axis] - 1) * strides[axis] + reach - extent);
                int smaller = total / 2;
                pads[axis] = auto.equals("SAME_UPPER") ? smaller : total - smaller;
                pads[axis + 2] = total - pads[axis];
            }
            int room = extent + pads[axis] + pads[axis + 2] - reach;
            if (room < 0) {
                throw new IllegalArgumentException("a window of %d must fit into %d + %d + %d"
                        .formatted(reach, extent, pads[axis], pads[axis + 2]));
            }
            places[axis] = (ceil ? (room + strides[axis] - 1) / strides[axis] : room / strides[axis]) + 1;
            // A window that would begin in the padding behind the image is left out.
            if (ceil && (places[axis] - 1) * strides[axis] >= extent + pads[axis]) {
                places[axis]--;
            }
        }
        return new Windows(
                kernel, strides, dilations, new int[] {pads[0], pads[1]}, new int[] {pads[2], pads[3]}, places);
    }

    /** The window of a pooling. */
    static int[] kernel(Call call) {
        if (!call.attributes().has("kernel_shape")) {
            throw new IllegalArgumentException("attribute \"kernel_shape\" is needed");
        }
        return pair(call.attributes(), "kernel_shape", 1);
    }

    static int[] pair(AttributeSet attributes, String name, int otherwise) {
        long[] found = attributes.integers(name);
        if (found == null) {
            return new int[] {otherwise, otherwise};
        }
        if (found.length != 2) {
            throw new Unsupported("%s must have a height and a width, got %d numbers".formatted(name, found.length));
        }
        return new int[] {bounded(name, found[0], 1), bounded(name, found[1], 1)};
    }

    /** Top, left, bottom, right. */
    static int[] pads(AttributeSet attributes, String auto) {
        long[] found = attributes.integers("pads");
        if (!auto.matches("NOTSET|VALID|SAME_UPPER|SAME_LOWER")) {
            throw new IllegalArgumentException("auto_pad must be NOTSET, VALID, SAME_UPPER or SAME_LOWER, got " + auto);
        }
        if (found == null || !auto.equals("NOTSET")) {
            return new int[4];
        }
        if (found.length != 4) {
            throw new Unsupported("pads must be 4 numbers, got " + found.length);
        }
        int[] pads = new int[4];
        for (int i = 0; i < 4; i++) {
            pads[i] = bounded("pads", found[i], 0);
        }
        return pads;
    }

    private static int bounded(String name, long value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException("%s must be in [%d, %d], got %d".formatted(name, least, MOST, value));
        }
        return (int) value;
    }

    Extent stride() {
        return new Extent(strides[0], strides[1]);
    }

    Extent dilation() {
        return new Extent(dilations[0], dilations[1]);
    }

    Extent window() {
        return new Extent(kernel[0], kernel[1]);
    }

    /** Padding that the windows need behind the image when their count was rounded up; cut if they need less. */
    int needed(int axis, int extent) {
        int reach = (kernel[axis] - 1) * dilations[axis] + 1;
        return Math.max(0, (places[axis] - 1) * strides[axis] + reach - extent - before[axis]);
    }

    /** The padding if it is alike on both sides and the windows fit without rounding up; else null. */
    Extent symmetric(Shape image) {
        for (int axis = 0; axis < 2; axis++) {
            boolean fits = needed(axis, image.extent(axis + 2)) <= after[axis];
            if (before[axis] != after[axis] || !fits) {
                return null;
            }
        }
        return new Extent(before[0], before[1]);
    }
}
