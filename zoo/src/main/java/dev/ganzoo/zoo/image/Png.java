package dev.ganzoo.zoo.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** PNG files with text metadata, so that an image can say which model, class and seed it came from. */
public final class Png {
    private static final String FORMAT = "javax_imageio_png_1.0";

    private Png() {}

    /** The image as the bytes of a PNG file. */
    public static byte[] encode(BufferedImage image) {
        return encode(image, Map.of());
    }

    /**
     * The image as the bytes of a PNG file with one text chunk for each entry of {@code text}, in its order:
     * {@code tEXt}, or {@code iTXt} where a value does not fit Latin-1.
     *
     * @param text keywords of 1 to 79 printable Latin-1 characters, and their values
     * @throws IllegalArgumentException if a keyword is not one
     */
    public static byte[] encode(BufferedImage image, Map<String, String> text) {
        text.keySet().forEach(Png::checkKeyword);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            if (!text.isEmpty()) {
                metadata.mergeTree(FORMAT, tree(text));
            }
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a png in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * The text chunks of a PNG file, in its order.
     *
     * @throws IOException if the bytes are not a PNG
     */
    public static Map<String, String> text(byte[] png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in);
            var root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree(FORMAT);
            Map<String, String> text = new LinkedHashMap<>();
            collect(root.getElementsByTagName("tEXtEntry"), "value", text);
            collect(root.getElementsByTagName("iTXtEntry"), "text", text);
            return text;
        } finally {
            reader.dispose();
        }
    }

    private static IIOMetadataNode tree(Map<String, String> text) throws IIOInvalidTreeException {
        var plain = new IIOMetadataNode("tEXt");
        var international = new IIOMetadataNode("iTXt");
        text.forEach((keyword, value) -> {
            boolean latin1 = StandardCharsets.ISO_8859_1.newEncoder().canEncode(value);
            var entry = new IIOMetadataNode(latin1 ? "tEXtEntry" : "iTXtEntry");
            entry.setAttribute("keyword", keyword);
            entry.setAttribute(latin1 ? "value" : "text", value);
            if (!latin1) {
                entry.setAttribute("compressionFlag", "FALSE");
                entry.setAttribute("compressionMethod", "0");
                entry.setAttribute("languageTag", "");
                entry.setAttribute("translatedKeyword", "");
            }
            (latin1 ? plain : international).appendChild(entry);
        });
        var root = new IIOMetadataNode(FORMAT);
        for (var chunk : new IIOMetadataNode[] {plain, international}) {
            if (chunk.getLength() > 0) {
                root.appendChild(chunk);
            }
        }
        return root;
    }

    private static void collect(NodeList entries, String attribute, Map<String, String> text) {
        for (int i = 0; i < entries.getLength(); i++) {
            var entry = (IIOMetadataNode) entries.item(i);
            text.put(entry.getAttribute("keyword"), entry.getAttribute(attribute));
        }
    }

    private static void checkKeyword(String keyword) {
        if (!keyword.matches("[\\x21-\\x7E\\xA1-\\xFF]([\\x20-\\x7E\\xA1-\\xFF]{0,77}[\\x21-\\x7E\\xA1-\\xFF])?")) {
            throw new IllegalArgumentException(
                    "a png keyword must be 1 to 79 printable Latin-1 characters without blanks at its ends, got \"%s\""
                            .formatted(keyword));
        }
    }
}
