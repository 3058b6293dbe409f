package dev.ganzoo.zoo.visualize;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** An image with a line of text below it. */
final class Caption {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final int LINE = 14;
    private static final int BASE = 11;

    private Caption() {}

    /** The image, and below it the text, white on black, cut short where it does not fit. */
    static BufferedImage below(BufferedImage image, String text) {
        BufferedImage captioned = new BufferedImage(image.getWidth(), image.getHeight() + LINE, image.getType());
        Graphics2D graphics = captioned.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(Color.WHITE);
        graphics.drawString(fitting(text, image.getWidth(), graphics.getFontMetrics()), 0, image.getHeight() + BASE);
        graphics.dispose();
        // Samples, not colours: drawing through a colour space would shift grey values.
        captioned.getRaster().setRect(image.getRaster());
        return captioned;
    }

    private static String fitting(String text, int width, FontMetrics metrics) {
        String fitting = text;
        while (!fitting.isEmpty() && metrics.stringWidth(fitting) > width) {
            fitting = fitting.substring(0, fitting.length() - 1);
        }
        return fitting;
    }
}
