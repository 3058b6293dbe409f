package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;

/** From pixels 0..255 to the units of an extractor: {@code (x - mean) / deviation}, where need be for each channel. */
public enum Scaling {
    /** To [0, 1]. */
    UNIT("unit", "x / 255", new float[] {0}, new float[] {255}),
    /** To [-1, 1]. */
    SYMMETRIC("symmetric", "x / 127.5 - 1", new float[] {127.5f}, new float[] {127.5f}),
    /** As they are. */
    BYTES("bytes", "0..255", new float[] {0}, new float[] {1}),
    /** As Inception of 2015 takes them. */
    INCEPTION("inception", "(x - 128) / 128", new float[] {128}, new float[] {128}),
    /** By ImageNet's mean and deviation of each channel, as most networks trained on it take them. */
    IMAGENET(
            "imagenet",
            "x / 255, less ImageNet's mean, by its deviation",
            new float[] {0.485f * 255, 0.456f * 255, 0.406f * 255},
            new float[] {0.229f * 255, 0.224f * 255, 0.225f * 255});

    private final String text;
    private final String description;
    private final float[] mean;
    private final float[] deviation;

    Scaling(String text, String description, float[] mean, float[] deviation) {
        this.text = text;
        this.description = description;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Scales an image (C, H, W) in place. */
    void apply(float[] values, int offset, int channels, int plane) {
        for (int i = 0; i < channels * plane; i++) {
            int c = i / plane % mean.length;
            values[offset + i] = (values[offset + i] - mean[c]) / deviation[c];
        }
    }

    /** As a formula. */
    String description() {
        return description;
    }

    /**
     * {@code unit}, {@code symmetric}, {@code bytes}, {@code inception} or {@code imagenet}.
     *
     * @throws InvalidRequestException if the text is none of these
     */
    public static Scaling parse(String text) {
        List<String> known = Arrays.stream(values()).map(Scaling::toString).toList();
        return Arrays.stream(values())
                .filter(value -> value.text.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("scaling", Suggestions.unknown("scaling", text, known)));
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return text;
    }
}
