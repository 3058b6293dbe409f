package dev.ganzoo.export;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.runtime.GeneratorSession;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the trained network made of some latents, by which an exported one is judged.
 *
 * @param latents (N, latent)
 * @param classWeights (N, classes), or null if the network knows no classes
 * @param images (N, C, H, W)
 */
record Golden(Tensor latents, Tensor classWeights, Tensor images) {
    private static final String AVERAGED_IMAGES = "image_ema";

    /**
     * The golden samples of a checkpoint, made by its generator or by that one's moving average.
     *
     * @throws IOException if the file is missing or damaged, or its tensors are not those of {@code generator}
     */
    static Golden read(Checkpoint checkpoint, boolean average, Graph generator) throws IOException {
        Safetensors file = checkpoint.read(Parts.GOLDEN);
        try {
            Tensor latents = file.tensor(GeneratorSession.LATENTS);
            int count = latents.shape().length == 0 ? 0 : latents.shape()[0];
            for (Node input : generator.inputs()) {
                checkShape(
                        input.name(), file.tensor(input.name()), input.shape().at(count));
            }
            String name = average ? AVERAGED_IMAGES : GeneratorSession.IMAGES;
            Tensor images = file.tensor(name);
            checkShape(name, images, generator.output().shape().at(count));
            return new Golden(latents, file.tensors().get(GeneratorSession.CLASS_WEIGHTS), images);
        } catch (IllegalArgumentException e) {
            throw new IOException(checkpoint.file(Parts.GOLDEN) + ": " + e.getMessage(), e);
        }
    }

    private static void checkShape(String name, Tensor tensor, int[] expected) {
        if (tensor.size() == 0 || !Arrays.equals(tensor.shape(), expected)) {
            throw new IllegalArgumentException("%s must have shape %s, got %s"
                    .formatted(name, Arrays.toString(expected), Arrays.toString(tensor.shape())));
        }
    }

    /** How many samples there are. */
    int count() {
        return latents.shape()[0];
    }

    /** The largest difference of any value of images of the same shape; NaN if there is one in either. */
    double maxAbsoluteError(Tensor other) {
        double largest = 0;
        for (int i = 0; i < images.size(); i++) {
            largest = Math.max(largest, Math.abs((double) images.data()[i] - other.data()[i]));
        }
        return largest;
    }
}
