package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Covers a rectangle with the proportions of the image with black. A greater one covers all that a smaller one does. */
final class Occlusion implements Corruption.Method {
    @Override
    public Picture apply(Picture image, double strength, long seed, long index) {
        RandomGenerator random = Randomness.of(seed).forPurpose("occlusion").at(index);
        int height = (int) Math.round(Math.sqrt(strength) * image.height());
        int width = (int) Math.round(Math.sqrt(strength) * image.width());
        int top = (int) Math.round(random.nextDouble() * (image.height() - height));
        int left = (int) Math.round(random.nextDouble() * (image.width() - width));
        byte[] covered = image.pixels().clone();
        for (int c = 0; c < image.channels(); c++) {
            for (int y = top; y < top + height; y++) {
                int from = (c * image.height() + y) * image.width() + left;
                Arrays.fill(covered, from, from + width, (byte) 0);
            }
        }
        return new Picture(image.channels(), image.height(), image.width(), covered);
    }
}
