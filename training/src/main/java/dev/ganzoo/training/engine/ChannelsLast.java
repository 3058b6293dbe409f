package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Images of shape (N, C, H, W) that lie in memory as (N, H, W, C). Convolutions on the CPU work on such memory as it is,
 * where they would reorder any other before and after; and whatever libtorch computes from such images lies so too.
 */
final class ChannelsLast {
    private ChannelsLast() {}

    /** {@code image} laid out so, owned by {@code scope}; no copy if it is already, or if it is not on the CPU. */
    static NDArray of(NDManager scope, NDArray image) {
        if (image.getDevice().isGpu()) {
            return image;
        }
        Shape shape = image.getShape();
        try (NDManager scratch = scope.newSubManager()) {
            NDArray pixels = pixels(scratch, image);
            // To merge axes, reshape copies unless they are adjacent in memory.
            NDArray flat = Scopes.move(pixels.reshape(-1), scratch);
            NDArray dense = Scopes.move(flat.reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)), scratch);
            return image(scope, dense);
        }
    }

    /** The view (N, H, W, C) of an image (N, C, H, W). */
    static NDArray pixels(NDManager scope, NDArray image) {
        return Scopes.move(image.transpose(0, 2, 3, 1), scope);
    }

    /** The view (N, C, H, W) of pixels (N, H, W, C). */
    static NDArray image(NDManager scope, NDArray pixels) {
        return Scopes.move(pixels.transpose(0, 3, 1, 2), scope);
    }
}
