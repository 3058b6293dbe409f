package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;

/** How pictures become as large as an extractor takes them: stretched, whatever their proportions. */
public enum Resizing {
    /** As TensorFlow 1 did for Inception: see {@link Tf1Bilinear}. Not rounded. */
    TF1_BILINEAR("tf1-bilinear", "TF1 bilinear (no half-pixel offset, no antialias)") {
        @Override
        void apply(Picture picture, int height, int width, float[] target, int offset) {
            Tf1Bilinear.resize(picture, height, width, target, offset);
        }
    },
    /** Antialiased bicubic as Pillow's, rounded to 8 bits. */
    BICUBIC("bicubic", "bicubic with antialias, rounded to 8 bits") {
        @Override
        void apply(Picture picture, int height, int width, float[] target, int offset) {
            byte[] pixels = picture.resizedTo(height, width).pixels();
            for (int i = 0; i < pixels.length; i++) {
                target[offset + i] = pixels[i] & 0xFF;
            }
        }
    };

    private final String text;
    private final String description;

    Resizing(String text, String description) {
        this.text = text;
        this.description = description;
    }

    /** Writes the resized picture (C, height, width), values 0..255, to {@code target} from {@code offset} on. */
    abstract void apply(Picture picture, int height, int width, float[] target, int offset);

    /** In words. */
    String description() {
        return description;
    }

    /**
     * {@code tf1-bilinear} or {@code bicubic}.
     *
     * @throws InvalidRequestException if the text is neither
     */
    public static Resizing parse(String text) {
        List<String> known = Arrays.stream(values()).map(Resizing::toString).toList();
        return Arrays.stream(values())
                .filter(value -> value.text.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("resize", Suggestions.unknown("resize", text, known)));
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return text;
    }
}
