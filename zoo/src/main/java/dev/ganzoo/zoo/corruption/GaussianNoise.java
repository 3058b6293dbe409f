package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.random.Randomness;
import java.util.random.RandomGenerator;

/** Adds normal noise to every value, rounds and clamps. */
final class GaussianNoise implements Corruption.Method {
    @Override
    public Picture apply(Picture image, double strength, long seed, long index) {
        RandomGenerator random =
                Randomness.of(seed).forPurpose("gaussian noise").at(index);
        var noisy = new byte[image.pixels().length];
        for (int k = 0; k < noisy.length; k++) {
            double value = (image.pixels()[k] & 0xFF) + 255 * strength * random.nextGaussian();
            noisy[k] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new Picture(image.channels(), image.height(), image.width(), noisy);
    }
}
