package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parameters at which searches begin. */
final class Starts {
    private static final double NOISE = 0.01;

    private Starts() {}

    /** Those of each of {@code count} images. */
    static float[][] parameters(
            Start start, int count, ImageShape shape, Optional<Tensor> mean, Parameterization space, long seed) {
        float[][] parameters = new float[count][];
        if (start instanceof Start.Noise) {
            RandomGenerator random =
                    Randomness.of(seed).forPurpose("visualization start").at(0);
            float[] noise = new float[space.size()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (NOISE * random.nextGaussian());
            }
            Arrays.setAll(parameters, n -> noise.clone());
        } else {
            Tensor images = batch(image(start, shape, mean), shape);
            int size = shape.values();
            int given = images.shape()[0];
            if (given != 1 && given != count) {
                throw new InvalidRequestException(
                        "start",
                        "start images must be 1 or as many as are searched (%d), got %d".formatted(count, given));
            }
            for (int n = 0; n < count; n++) {
                int from = given == 1 ? 0 : n * size;
                parameters[n] = space.parameters(Arrays.copyOfRange(images.data(), from, from + size));
            }
        }
        return parameters;
    }

    /**
     * Images with their batch axis.
     *
     * @throws InvalidRequestException if they have another shape than the network's, or values outside [0, 1]
     */
    static Tensor batch(Tensor images, ImageShape shape) {
        int[] given = images.shape();
        int[] batched = given.length == 3 ? new int[] {1, given[0], given[1], given[2]} : given;
        if (!shape.matches(batched)) {
            throw new InvalidRequestException(
                    "start",
                    "start images must have the network's shape %s, alone or as a batch, got %s"
                            .formatted(shape, Arrays.toString(given)));
        }
        for (float pixel : images.data()) {
            if (!(pixel >= 0 && pixel <= 1)) {
                throw new InvalidRequestException("start", "pixels of start images must be in [0, 1], got " + pixel);
            }
        }
        return new Tensor(batched, images.data());
    }

    private static Tensor image(Start start, ImageShape shape, Optional<Tensor> mean) {
        if (start instanceof Start.Image given) {
            return given.image();
        }
        if (start instanceof Start.Mean && mean.isPresent()) {
            return mean.get();
        }
        float[] grey = new float[shape.values()];
        Arrays.fill(grey, 0.5f);
        return Tensor.of(grey, shape.batch(1));
    }
}
