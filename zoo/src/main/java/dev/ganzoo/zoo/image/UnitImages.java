package dev.ganzoo.zoo.image;

import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Images as classifiers take them: {@code (N, C, H, W)} with values in [0, 1], where an 8-bit value {@code k} is
 * {@code k / 255}.
 *
 * <p>All methods are pure; none keeps or changes its arguments.
 */
public final class UnitImages {
    private UnitImages() {}

    /** The 8-bit value nearest to {@code x} in [0, 1]: rounded half up, never truncated; values outside are clamped. */
    public static int toByte(float x) {
        return Math.max(0, Math.min(255, (int) Math.floor(x * 255.0 + 0.5)));
    }

    /** Every value rounded to the nearest multiple of 1/255, as saving to 8 bits does. */
    public static Tensor rounded(Tensor images) {
        float[] rounded = new float[images.size()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = toByte(images.data()[i]) / 255f;
        }
        return new Tensor(images.shape(), rounded);
    }

    /** The images as unsigned bytes, laid out as the tensor. */
    public static byte[] bytes(Tensor images) {
        byte[] bytes = new byte[images.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) toByte(images.data()[i]);
        }
        return bytes;
    }

    /** Unsigned bytes (N, C, H, W) as images of that shape. */
    public static Tensor ofBytes(byte[] bytes, int... shape) {
        float[] data = new float[bytes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (bytes[i] & 0xFF) / 255f;
        }
        return Tensor.of(data, shape);
    }

    /** Images from [-1, 1], as generators give them, to [0, 1]. */
    public static Tensor fromSigned(Tensor images) {
        float[] data = new float[images.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) Math.max(0, Math.min(1, (images.data()[i] + 1.0) / 2));
        }
        return new Tensor(images.shape(), data);
    }

    /** Images from [0, 1] to [-1, 1], as {@link Pixels} and {@link ImageGrid} take them. */
    public static Tensor toSigned(Tensor images) {
        float[] data = new float[images.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = images.data()[i] * 2 - 1;
        }
        return new Tensor(images.shape(), data);
    }

    /** One picture as a batch {@code (1, C, H, W)}; C = 1 if it is grey, else 3. */
    public static Tensor of(BufferedImage picture) {
        return rounded(fromSigned(Pixels.tensor(picture)));
    }

    /** All values mapped linearly so that the smallest of the tensor becomes 0 and the largest 1; all 0.5 if equal. */
    public static Tensor stretched(Tensor values) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values.data()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float[] stretched = new float[values.size()];
        if (most > least) {
            for (int i = 0; i < stretched.length; i++) {
                stretched[i] = (values.data()[i] - least) / (most - least);
            }
        } else {
            Arrays.fill(stretched, 0.5f);
        }
        return new Tensor(values.shape(), stretched);
    }

    /** Images {@code (N, C, H, W)} with the channels last: {@code (N, H, W, C)}. */
    public static Tensor channelsLast(Tensor images) {
        int[] shape = images.shape();
        int plane = shape[2] * shape[3];
        float[] values = new float[images.size()];
        for (int i = 0; i < values.length; i++) {
            int pixel = i % plane;
            int channel = i / plane % shape[1];
            values[(i / plane / shape[1] * plane + pixel) * shape[1] + channel] = images.data()[i];
        }
        return Tensor.of(values, shape[0], shape[2], shape[3], shape[1]);
    }
}
