package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * One image while it is changed: floats (C, H, W) in [0, 1], and the changes that torchvision's functions of the same name
 * make of float images. Immutable.
 *
 * @param channels 1 for grey, 3 for RGB
 * @param height in pixels
 * @param width in pixels
 * @param values one plane a channel, row by row; kept, not copied
 */
public record Picture(int channels, int height, int width, float[] values) {
    private static final float RED = 0.2989f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private interface PixelFunction {
        float apply(int index);
    }

    /** The picture of bytes 0..255 in the order (C, H, W). */
    public static Picture of(byte[] pixels, int channels, int height, int width) {
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (pixels[i] & 0xFF) / 255f;
        }
        return new Picture(channels, height, width, values);
    }

    /** Writes the values as floats in [−1, 1]. */
    public void copyTo(float[] target, int offset) {
        for (int i = 0; i < values.length; i++) {
            target[offset + i] = 2 * values[i] - 1;
        }
    }

    /** The square of {@code side} pixels at ({@code left}, {@code top}), enlarged bilinearly to this picture's size. */
    public Picture resizedCrop(int top, int left, int side) {
        Taps rows = Taps.of(top, side, height);
        Taps columns = Taps.of(left, side, width);
        float[] resized = new float[values.length];
        int to = 0;
        for (int channel = 0; channel < channels; channel++) {
            int plane = channel * height * width;
            for (int y = 0; y < height; y++) {
                int upper = plane + rows.first[y] * width;
                int lower = plane + rows.second[y] * width;
                for (int x = 0; x < width; x++) {
                    float above =
                            mix(values[upper + columns.first[x]], values[upper + columns.second[x]], columns.weight[x]);
                    float below =
                            mix(values[lower + columns.first[x]], values[lower + columns.second[x]], columns.weight[x]);
                    resized[to++] = mix(above, below, rows.weight[y]);
                }
            }
        }
        return with(resized);
    }

    private static float mix(float a, float b, float weightOfB) {
        return a + weightOfB * (b - a);
    }

    /** Which two pixels of a line each pixel of an enlarged one lies between, and how near to the second. */
    private record Taps(int[] first, int[] second, float[] weight) {
        static Taps of(int from, int length, int enlarged) {
            Taps taps = new Taps(new int[enlarged], new int[enlarged], new float[enlarged]);
            for (int i = 0; i < enlarged; i++) {
                double position = Math.max(0, (i + 0.5) * length / enlarged - 0.5);
                int first = (int) position;
                taps.first[i] = from + first;
                taps.second[i] = from + Math.min(first + 1, length - 1);
                taps.weight[i] = (float) (position - first);
            }
            return taps;
        }
    }

    /** Left and right exchanged. */
    public Picture flipped() {
        return map(i -> values[i + width - 1 - 2 * (i % width)]);
    }

    /** Mixed with black: 0 is black, 1 this picture, 2 twice as bright. */
    public Picture brightness(float factor) {
        return map(i -> clamp(factor * values[i]));
    }

    /** Mixed with the mean grey: 0 is that grey, 1 this picture, 2 twice the contrast. */
    public Picture contrast(float factor) {
        double sum = 0;
        for (int i = 0; i < height * width; i++) {
            sum += grey(i);
        }
        float mean = (float) (sum / (height * width));
        return map(i -> clamp(mix(mean, values[i], factor)));
    }

    /** Mixed with its own grey picture: 0 is grey, 1 this picture, 2 twice as colourful. Grey pictures stay. */
    public Picture saturation(float factor) {
        int plane = height * width;
        return channels == 1 ? this : map(i -> clamp(mix(grey(i % plane), values[i], factor)));
    }

    /** The luma of pixel {@code i}, as torchvision has it. */
    private float grey(int i) {
        int plane = height * width;
        return channels == 1 ? values[i] : RED * values[i] + GREEN * values[plane + i] + BLUE * values[2 * plane + i];
    }

    /** Hues turned by {@code shift} of a whole turn, −0.5 to 0.5. Grey pictures stay. */
    public Picture hue(float shift) {
        if (channels == 1) {
            return this;
        }
        int plane = height * width;
        float[] turned = new float[values.length];
        for (int i = 0; i < plane; i++) {
            Hue.turn(values[i], values[plane + i], values[2 * plane + i], shift, turned, i, plane);
        }
        return with(turned);
    }

    static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }

    private Picture map(PixelFunction function) {
        float[] mapped = new float[values.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = function.apply(i);
        }
        return with(mapped);
    }

    private Picture with(float[] newValues) {
        return new Picture(channels, height, width, newValues);
    }

    /** As a batch of one (1, C, H, W) in [0, 1]. */
    Tensor toTensor() {
        return Tensor.of(values, 1, channels, height, width);
    }
}
