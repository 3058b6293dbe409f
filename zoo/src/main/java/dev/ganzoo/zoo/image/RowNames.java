package dev.ganzoo.zoo.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What stands before the rows of a grid.
 *
 * @param names from the top; none, or one a row
 */
record RowNames(List<String> names) {
    static final RowNames NONE = new RowNames(List.of());

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final int MARGIN = 6;

    RowNames {
        names = List.copyOf(names);
    }

    /** How many pixels the names take at the left. */
    int width(int rows) {
        if (names.isEmpty()) {
            return 0;
        }
        if (names.size() != rows) {
            throw new IllegalArgumentException(
                    "row names must be none or %d, one a row, got %d".formatted(rows, names.size()));
        }
        Graphics2D graphics = graphics(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY));
        FontMetrics metrics = graphics.getFontMetrics();
        int widest = names.stream().mapToInt(metrics::stringWidth).max().getAsInt();
        graphics.dispose();
        return widest + MARGIN;
    }

    /**
     * Draws each name to the left of the middle of its row.
     *
     * @param top where the first row begins
     * @param distance from the beginning of a row to that of the next
     * @param height of a row
     */
    void draw(BufferedImage picture, int top, int distance, int height) {
        Graphics2D graphics = graphics(picture);
        FontMetrics metrics = graphics.getFontMetrics();
        int baseline = top + (height + metrics.getAscent() - metrics.getDescent()) / 2;
        for (int row = 0; row < names.size(); row++) {
            graphics.drawString(names.get(row), MARGIN, baseline + row * distance);
        }
        graphics.dispose();
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(Color.WHITE);
        return graphics;
    }
}
