package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.random.Randomness;
import java.util.random.RandomGenerator;

/** Images like photographs in that low frequencies have most energy. */
final class SmoothNoise {
    private static final int WAVES = 12;

    private SmoothNoise() {}

    /** An image (channels, size, size) of random waves; the same index always gives the same. */
    static byte[] image(int index, int channels, int size) {
        RandomGenerator random = Randomness.of(1).forPurpose("waves").at(index);
        var values = new double[channels * size * size];
        for (int wave = 1; wave <= WAVES; wave++) {
            double across = random.nextGaussian() * wave / 8;
            double down = random.nextGaussian() * wave / 8;
            double phase = random.nextDouble() * 2 * Math.PI;
            for (int k = 0; k < values.length; k++) {
                int channel = k / (size * size);
                double angle = across * (k % size) + down * (k / size % size) + phase + channel * 0.2;
                values[k] += Math.sin(angle) / wave;
            }
        }
        var bytes = new byte[values.length];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) Math.max(0, Math.min(255, Math.round(128 + 50 * values[k])));
        }
        return bytes;
    }
}
