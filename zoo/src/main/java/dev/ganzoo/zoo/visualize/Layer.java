package dev.ganzoo.zoo.visualize;

import java.util.Arrays;

/**
 * A named layer of a network and the shape of its activation for one image.
 *
 * @param name for instance {@code conv4}
 * @param shape {@code (C, H, W)}, or {@code (F)} for a layer without positions; every extent at least 1
 */
public record Layer(String name, int... shape) {
    /** @throws IllegalArgumentException if the shape is not so */
    public Layer {
        if (shape.length != 1 && shape.length != 3 || Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(
                    "layer \"%s\" must have shape (C, H, W) or (F) with extents of at least 1,".formatted(name)
                            + " got " + Arrays.toString(shape));
        }
    }

    /** How many channels (or features) it has. */
    public int channels() {
        return shape[0];
    }

    /** How many positions each channel has; 1 for a layer without positions. */
    public int positions() {
        return shape.length == 1 ? 1 : shape[1] * shape[2];
    }

    /** How many values it has for one image. */
    public int size() {
        return channels() * positions();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layer that && name.equals(that.name) && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
