package dev.ganzoo.training.augmentation;

import java.util.random.RandomGenerator;

/**
 * How a training image is changed at random before each look at it: a part is cut out and enlarged, then colours jitter,
 * then left and right may change places. The three are torchvision's {@code RandomResizedCrop} (with ratio 1), {@code
 * ColorJitter} and {@code RandomHorizontalFlip}, on floats that nothing rounds in between. Immutable.
 *
 * <p>Where the course's transforms draw the ranges of the jitter once, at the start of the program, as 0.1 times a normal
 * number each (which torchvision refuses if it is negative), the ranges here are given, and each image draws within them.
 *
 * @param cropArea the least part of an image's area that is cut out, in (0, 1]; 1 for the whole image
 * @param brightness factors are in [1 − brightness, 1 + brightness], and at least 0; 0 for none
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue hues turn by up to this part of a whole turn, either way, in [0, 0.5]
 * @param flip the probability that left and right change places, in [0, 1]
 */
public record Augmentation(
        double cropArea, double brightness, double contrast, double saturation, double hue, double flip) {
    /** No change at all. */
    public static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0, 0);

    private static final int COLOUR_CHANGES = 4;

    /** @throws IllegalArgumentException if a value is out of its range, naming it */
    public Augmentation {
        check(cropArea > 0 && cropArea <= 1, "cropArea must be in (0, 1]", cropArea);
        checkFinite("brightness", brightness);
        checkFinite("contrast", contrast);
        checkFinite("saturation", saturation);
        check(hue >= 0 && hue <= 0.5, "hue must be in [0, 0.5]", hue);
        check(flip >= 0 && flip <= 1, "flip must be in [0, 1]", flip);
    }

    private static void checkFinite(String name, double value) {
        check(value >= 0 && Double.isFinite(value), name + " must be ≥ 0 and finite", value);
    }

    private static void check(boolean condition, String message, double found) {
        if (!condition) {
            throw new IllegalArgumentException(message + ", got " + found);
        }
    }

    /** The picture changed by what {@code random} says; every picture of a size takes the same draws from it. */
    public Picture apply(Picture picture, RandomGenerator random) {
        Picture cropped = crop(picture, random);
        Picture jittered = jitter(cropped, random);
        return random.nextDouble() < flip ? jittered.flipped() : jittered;
    }

    private Picture crop(Picture picture, RandomGenerator random) {
        double area = uniform(cropArea, 1, random) * picture.height() * picture.width();
        int side = Math.min((int) Math.rint(Math.sqrt(area)), Math.min(picture.height(), picture.width()));
        int top = random.nextInt(picture.height() - side + 1);
        int left = random.nextInt(picture.width() - side + 1);
        return cropArea == 1 ? picture : picture.resizedCrop(top, left, side);
    }

    /** The four changes in an order drawn for each picture, as they do not commute. */
    private Picture jitter(Picture picture, RandomGenerator random) {
        int[] order = permutation(random);
        float brightnessFactor = factor(brightness, random);
        float contrastFactor = factor(contrast, random);
        float saturationFactor = factor(saturation, random);
        float hueShift = (float) uniform(-hue, hue, random);
        Picture changed = picture;
        for (int change : order) {
            changed = switch (change) {
                case 0 -> brightness == 0 ? changed : changed.brightness(brightnessFactor);
                case 1 -> contrast == 0 ? changed : changed.contrast(contrastFactor);
                case 2 -> saturation == 0 ? changed : changed.saturation(saturationFactor);
                default -> hue == 0 ? changed : changed.hue(hueShift);
            };
        }
        return changed;
    }

    private static int[] permutation(RandomGenerator random) {
        int[] order = new int[COLOUR_CHANGES];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static float factor(double range, RandomGenerator random) {
        return (float) uniform(Math.max(0, 1 - range), 1 + range, random);
    }

    private static double uniform(double low, double high, RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }
}
