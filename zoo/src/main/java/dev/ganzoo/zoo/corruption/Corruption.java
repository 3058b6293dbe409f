package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A way to make images worse, by a strength: 0 leaves them as they are, and a greater one makes them worse.
 *
 * <p>A measure of quality that does not fall with each of these is of no use (Heusel et al. 2017, appendix A1). All are
 * functions of the image, the strength, a seed and the image's index; noise and the place of occlusions do not depend on
 * the strength.
 */
public enum Corruption {
    /** Adds normal noise to every value; the strength is its standard deviation, of values in [0, 1]. */
    GAUSSIAN_NOISE(10, new GaussianNoise()),
    /** Blurs each channel, mirrored at its edges; the strength is the standard deviation of the kernel in pixels. */
    GAUSSIAN_BLUR(100, new GaussianBlur()),
    /** Covers a square at a random place with black; the strength is its part of the area, in [0, 1]. */
    OCCLUSION(1, new Occlusion()),
    /** Compresses as JPEG, with halved resolution of colours; the strength is 1 less the quality, in [0, 1]. */
    JPEG(1, new JpegCompression());

    private final double most;
    private final Method method;

    Corruption(double most, Method method) {
        this.most = most;
        this.method = method;
    }

    /**
     * The corruption of this name: {@code gaussian-noise}, {@code gaussian-blur}, {@code occlusion} or {@code jpeg}.
     *
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public static Corruption parse(String name) {
        List<String> known = Arrays.stream(values()).map(Corruption::toString).toList();
        int index = known.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException(Suggestions.unknown("corruption", name, known));
        }
        return values()[index];
    }

    /**
     * An image made worse.
     *
     * @param strength 0 or greater: up to 10 for noise, 100 for blur, else 1
     * @param seed of what is random
     * @param index the number of the image, by which what is random differs from image to image
     * @return a new image of the same shape
     * @throws IllegalArgumentException if the strength is out of range
     */
    public Picture apply(Picture image, double strength, long seed, long index) {
        checkStrength(strength);
        return strength == 0 ? image : method.apply(image, strength, seed, index);
    }

    /** @throws IllegalArgumentException if the strength is out of range */
    void checkStrength(double strength) {
        if (!(strength >= 0 && strength <= most)) {
            throw new IllegalArgumentException(
                    "strength of %s must be in [0, %s], got %s".formatted(this, number(most), number(strength)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** The name: {@code gaussian-noise}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One way, at a strength above 0. */
    interface Method {
        Picture apply(Picture image, double strength, long seed, long index);
    }
}
