package dev.ganzoo.zoo.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Animated GIF files that loop for ever. All frames share one palette of 256 colours, chosen for the whole animation so
 * that still parts do not flicker; what the palette lacks is spread by error diffusion. Up to 256 colours are kept exactly.
 */
public final class Gif {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final byte[] LOOP_FOR_EVER = {1, 0, 0};

    private Gif() {}

    /**
     * The frames as the bytes of a GIF file.
     *
     * @param frames at least one, all of one size
     * @param delay how long each frame stands; GIF counts in hundredths of a second, and less than two of them are
     *     slowed down by browsers
     * @throws IllegalArgumentException if there is no frame, sizes differ, or the delay is not in 0.01 s..655.35 s
     */
    public static byte[] encode(List<BufferedImage> frames, Duration delay) {
        check(frames);
        int hundredths = hundredths(delay);
        Palette palette = Palette.of(frames);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames.size(); i++) {
                BufferedImage indexed = palette.index(frames.get(i));
                writer.writeToSequence(
                        new IIOImage(indexed, null, metadata(writer, indexed, hundredths, i == 0)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a gif in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage frame, int hundredths, boolean first)
            throws IIOInvalidTreeException {
        // Not createFromRenderedImage: it takes a fixed palette for the one of an indexed image.
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        var root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        var control = (IIOMetadataNode)
                root.getElementsByTagName("GraphicControlExtension").item(0);
        control.setAttribute("delayTime", Integer.toString(hundredths));
        control.setAttribute("disposalMethod", "none");
        if (first) {
            var loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(LOOP_FOR_EVER.clone());
            var extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    private static int hundredths(Duration delay) {
        long hundredths = delay.toMillis() / 10;
        if (hundredths < 1 || hundredths > 0xFFFF) {
            throw new IllegalArgumentException(
                    "frame delay must be in 10..655350 ms, got %d ms".formatted(delay.toMillis()));
        }
        return (int) hundredths;
    }

    private static void check(List<BufferedImage> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("an animation needs at least one frame, got none");
        }
        BufferedImage first = frames.get(0);
        for (BufferedImage frame : frames) {
            if (frame.getWidth() != first.getWidth() || frame.getHeight() != first.getHeight()) {
                throw new IllegalArgumentException("frames must have one size, got %d × %d after %d × %d"
                        .formatted(frame.getWidth(), frame.getHeight(), first.getWidth(), first.getHeight()));
            }
        }
    }
}
