package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Images as they are shown to people. */
final class Pictures {
    /** Images are at least this wide, so that there is room for a title. */
    private static final int TILE = 96;

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final int LINE = 14;
    private static final int BASE = 11;

    private Pictures() {}

    /** Images {@code (N, C, H, W)} in [0, 1] in one picture, each enlarged and above its title. */
    static ImageGrid grid(Tensor images, List<String> titles) {
        int width = images.shape()[3];
        int factor = Math.max(1, (TILE + width - 1) / width);
        List<BufferedImage> plain = Pixels.images(UnitImages.toSigned(images));
        List<BufferedImage> tiles = new ArrayList<>();
        for (int n = 0; n < plain.size(); n++) {
            tiles.add(captioned(Pixels.enlarged(plain.get(n), factor), titles.get(n)));
        }
        return ImageGrid.of(tiles).padding(4);
    }

    /** The image, and below it the text, white on black, cut short where it does not fit. */
    private static BufferedImage captioned(BufferedImage image, String text) {
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
