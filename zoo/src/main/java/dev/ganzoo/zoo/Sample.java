package dev.ganzoo.zoo;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One image that a generator made, and all that it was made from. Immutable; usable after the generator is closed. */
public final class Sample {
    private final long index;
    private final int label;
    private final float[] latent;
    private final float[] classWeights;
    private final Tensor tensor;
    private final int scale;
    private final Map<String, String> text;

    Sample(
            long index,
            int label,
            float[] latent,
            float[] classWeights,
            Tensor tensor,
            int scale,
            Map<String, String> text) {
        this.index = index;
        this.label = label;
        this.latent = latent;
        this.classWeights = classWeights;
        this.tensor = tensor;
        this.scale = scale;
        this.text = Collections.unmodifiableMap(new LinkedHashMap<>(text));
    }

    /** Which sample of its seed it is; for frames of an interpolation, which frame. From 0. */
    public long index() {
        return index;
    }

    /** The index of its class, or -1 if it has none or is a mixture. */
    public int label() {
        return label;
    }

    /** The latent it was made from, truncated as asked for. */
    public float[] latent() {
        return latent.clone();
    }

    /** The weight of each class, summing to 1; empty if the generator knows no classes. */
    public float[] classWeights() {
        return classWeights.clone();
    }

    /** The image as the network gave it: {@code (1, C, H, W)} in [-1, 1]. */
    public Tensor tensor() {
        return tensor;
    }

    /** The image as 8 bits a channel, enlarged if that was asked for. */
    public BufferedImage image() {
        return Pixels.enlarged(Pixels.image(tensor, 0), scale);
    }

    /** The bytes of a PNG file which names the model, seed, index, class and truncation in its text. */
    public byte[] png() {
        return Png.encode(image(), text);
    }

    /** What stands in the text of {@link #png}. */
    public Map<String, String> text() {
        return text;
    }
}
