package dev.ganzoo.export.onnx;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a user's ONNX classifier is to be read.
 *
 * <pre>{@code
 * ReadOptions.defaults().inputShape(3, 32, 32).output("fc")
 * }</pre>
 *
 * <p>Immutable: every option gives new options.
 *
 * @param imageShape channels, height and width, where the file leaves them open
 * @param layout how the file's input orders its axes
 * @param outputName the output that gives the logits, where there are several
 * @param softmaxKept whether a softmax that ends the network stays
 */
public record ReadOptions(
        Optional<ImageShape> imageShape, Layout layout, Optional<String> outputName, boolean softmaxKept) {
    /** The order of the axes of an image input. */
    public enum Layout {
        /** Channels last if the file's last axis is 1 or 3 and its second is not; else channels first. */
        AUTO,
        /** (N, C, H, W). */
        CHANNELS_FIRST,
        /** (N, H, W, C). */
        CHANNELS_LAST;

        /** For example {@code channels-last}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Extents of one image, each > 0. */
    public record ImageShape(int channels, int height, int width) {
        /** @throws IllegalArgumentException if an extent is not positive */
        public ImageShape {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "the input shape must be positive channels,height,width, got %d,%d,%d"
                                .formatted(channels, height, width));
            }
        }

        @Override
        public String toString() {
            return channels + "," + height + "," + width;
        }
    }

    /** Nothing said: shapes from the file, its only output, the network without a final softmax. */
    public static ReadOptions defaults() {
        return new ReadOptions(Optional.empty(), Layout.AUTO, Optional.empty(), false);
    }

    /** Fixes the extents that the file leaves open. */
    public ReadOptions inputShape(int channels, int height, int width) {
        return new ReadOptions(Optional.of(new ImageShape(channels, height, width)), layout, outputName, softmaxKept);
    }

    /** Says how the file's input orders its axes; {@link Layout#AUTO} if not said. */
    public ReadOptions layout(Layout newLayout) {
        return new ReadOptions(imageShape, Objects.requireNonNull(newLayout, "layout"), outputName, softmaxKept);
    }

    /** Chooses the output that gives the logits (N, K): an output of the file, or any other value in it. */
    public ReadOptions output(String name) {
        return new ReadOptions(imageShape, layout, Optional.of(name), softmaxKept);
    }

    /** Keeps a softmax that ends the network; attacks then see probabilities as if they were logits. */
    public ReadOptions keepSoftmax() {
        return new ReadOptions(imageShape, layout, outputName, true);
    }
}
