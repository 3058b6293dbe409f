package dev.ganzoo.export;

import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the trained network made of some latents, by which an exported one is judged.
 *
 * @param latents (N, latent)
 * @param classWeights (N, classes)
 * @param images (N, C, H, W)
 */
record Golden(Tensor latents, Tensor classWeights, Tensor images) {
    /** The golden samples of a checkpoint, made by its generator or by that one's moving average. */
    static Golden read(TrainedCheckpoint checkpoint, boolean average) throws IOException {
        Safetensors file = checkpoint.read(TrainedCheckpoint.GOLDEN);
        try {
            return new Golden(
                    file.tensor("z"), file.tensor("class_weights"), file.tensor(average ? "image_ema" : "image"));
        } catch (IllegalArgumentException e) {
            throw new IOException(checkpoint.folder().resolve(TrainedCheckpoint.GOLDEN) + ": " + e.getMessage(), e);
        }
    }

    /** How many samples there are. */
    int count() {
        return latents.shape()[0];
    }

    /** The largest difference of any value; NaN if there is one in either. */
    double maxAbsoluteError(Tensor other) {
        if (!Arrays.equals(images.shape(), other.shape())) {
            throw new ParityException("images must have shape %s as the trained network's, got %s"
                    .formatted(Arrays.toString(images.shape()), Arrays.toString(other.shape())));
        }
        double largest = 0;
        for (int i = 0; i < images.size(); i++) {
            largest = Math.max(largest, Math.abs((double) images.data()[i] - other.data()[i]));
        }
        return largest;
    }
}
