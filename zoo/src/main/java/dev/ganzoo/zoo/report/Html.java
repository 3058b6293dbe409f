package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.image.Png;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;

/** Pieces of HTML. */
public final class Html {
    private Html() {}

    /** Text for content and for attributes in double quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Numbers as CSS and SVG read them, whatever the machine's language. */
    public static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A picture inline, {@code scale} times as large as its pixels. */
    public static String image(BufferedImage picture, int scale, String alternative) {
        return "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,%s\">"
                .formatted(
                        escape(alternative),
                        picture.getWidth() * scale,
                        picture.getHeight() * scale,
                        Base64.getEncoder().encodeToString(Png.encode(picture)));
    }
}
