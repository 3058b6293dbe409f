package dev.ganzoo.zoo.report;

import java.util.stream.IntStream;

/**
 * A few coordinates of each image by which most pairs are told apart without looking at their pixels.
 *
 * <p>An image without the means of its rows, scaled to length 1, is a point of the unit sphere; two images with the correlation
 * ρ have the squared distance 2 - 2ρ. The coordinates are the point's strongest low frequencies and the length of all
 * that is left, so their squared distance is never greater than that of the points: what they rule out is ruled out.
 *
 * <p>Immutable. It holds {@value #WIDTH} floats an image.
 */
final class Signatures {
    /** The images of one block lie side by side, coordinate by coordinate, so that the CPU compares many at once. */
    static final int BLOCK = 128;

    private static final int WIDTH = 64;

    /** After so many coordinates a whole block is judged; the others are looked at one pair at a time. */
    private static final int FIRST = 16;

    private static final int SURVEYED = 2_000;

    private final float[][] blocks;
    private final float[] mirrorSigns;
    private final int width;

    private Signatures(float[][] blocks, float[] mirrorSigns) {
        this.blocks = blocks;
        this.mirrorSigns = mirrorSigns;
        this.width = mirrorSigns.length;
    }

    static Signatures of(Pool images) {
        var spectrum = new Spectrum(images.channels(), images.height(), images.width());
        int[] chosen = spectrum.strongest(survey(images, spectrum), WIDTH - 1);
        var signs = new float[chosen.length + 1];
        for (int i = 0; i < chosen.length; i++) {
            signs[i] = spectrum.negatedByMirror(chosen[i]) ? -1 : 1;
        }
        signs[chosen.length] = 1;
        var blocks = new float[(images.size() + BLOCK - 1) / BLOCK][];
        IntStream.range(0, blocks.length)
                .parallel()
                .forEach(block -> blocks[block] = block(images, spectrum, chosen, block));
        return new Signatures(blocks, signs);
    }

    private static double[] survey(Pool images, Spectrum spectrum) {
        var energy = new double[spectrum.size()];
        int stride = Math.max(1, images.size() / SURVEYED);
        for (int i = 0; i < images.size(); i += stride) {
            byte[] pixels = images.pixels(i);
            double length = Likeness.of(pixels, images.width()).length();
            double[] coefficients = spectrum.of(pixels);
            for (int k = 0; k < energy.length && length > 0; k++) {
                energy[k] += coefficients[k] * coefficients[k] / (length * length);
            }
        }
        return energy;
    }

    private static float[] block(Pool images, Spectrum spectrum, int[] chosen, int block) {
        var coordinates = new float[(chosen.length + 1) * BLOCK];
        int count = Math.min(BLOCK, images.size() - block * BLOCK);
        for (int i = 0; i < count; i++) {
            byte[] pixels = images.pixels(block * BLOCK + i);
            double length = Likeness.of(pixels, images.width()).length();
            double[] coefficients = spectrum.of(pixels);
            double rest = 1;
            for (int k = 0; k < chosen.length && length > 0; k++) {
                double coordinate = coefficients[chosen[k]] / length;
                coordinates[k * BLOCK + i] = (float) coordinate;
                rest -= coordinate * coordinate;
            }
            coordinates[chosen.length * BLOCK + i] = (float) Math.sqrt(Math.max(0, rest));
        }
        return coordinates;
    }

    int blocks() {
        return blocks.length;
    }

    /** The coordinates of an image, or of its mirror image. */
    float[] of(int index, boolean mirrored) {
        float[] block = blocks[index / BLOCK];
        var coordinates = new float[width];
        for (int k = 0; k < width; k++) {
            coordinates[k] = block[k * BLOCK + index % BLOCK] * (mirrored ? mirrorSigns[k] : 1);
        }
        return coordinates;
    }

    /** Writes the squared distances of {@code image} to all images of a block by their first coordinates. */
    void measure(float[] image, int block, float[] distances) {
        float[] others = blocks[block];
        for (int i = 0; i < BLOCK; i++) {
            distances[i] = 0;
        }
        for (int k = 0; k < Math.min(FIRST, width); k++) {
            float value = image[k];
            int from = k * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                float difference = value - others[from + i];
                distances[i] += difference * difference;
            }
        }
    }

    /** Whether the squared distance by all coordinates is within {@code limit}, given that by the first ones. */
    boolean isWithin(float limit, float[] image, int block, int place, float first) {
        float[] others = blocks[block];
        float sum = first;
        for (int k = FIRST; k < width && sum <= limit; k++) {
            float difference = image[k] - others[k * BLOCK + place];
            sum += difference * difference;
        }
        return sum <= limit;
    }
}
