package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Draws what an attack did to images: original, magnified perturbation, result, and probabilities before and after. */
final class AttackFigure {
    private static final int PICTURE = 160;
    private static final int GAP = 16;
    private static final int CAPTION = 24;
    private static final int NAMES = 96;
    private static final int BARS = 150;
    private static final int SHOWN = 5;
    private static final int ROW = PICTURE + 2 * CAPTION + GAP;
    private static final int WIDTH = 3 * (PICTURE + GAP) + NAMES + BARS + 2 * GAP + 40;
    private static final Color BEFORE = new Color(0x4C78A8);
    private static final Color AFTER = new Color(0xE45756);
    private static final Color INK = new Color(0x222222);

    private final AttackResult result;

    AttackFigure(AttackResult result) {
        this.result = result;
    }

    BufferedImage draw(int[] indices) {
        BufferedImage figure = new BufferedImage(WIDTH, indices.length * ROW + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = figure.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, figure.getWidth(), figure.getHeight());
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (int row = 0; row < indices.length; row++) {
            drawImage(g, indices[row], GAP + row * ROW);
        }
        g.dispose();
        return figure;
    }

    private void drawImage(Graphics2D g, int index, int top) {
        AttackedImage image = result.images().get(index);
        Tensor delta = result.image(result.delta(), index);
        double largest = Norm.LINF.of(delta.data());
        double factor = largest == 0 ? 1 : 0.5 / largest;
        drawPicture(g, result.image(result.original(), index), 0, top, "original", says(image.before()));
        drawPicture(g, magnified(delta, factor), 1, top, "perturbation × %.3g".formatted(factor), size(image));
        drawPicture(
                g,
                result.image(result.perturbed(), index),
                2,
                top,
                "after " + result.attack().name(),
                says(image.after()));
        drawBars(g, image, GAP + 3 * (PICTURE + GAP), top);
    }

    private static void drawPicture(Graphics2D g, Tensor image, int column, int top, String above, String below) {
        int left = GAP + column * (PICTURE + GAP);
        caption(g, above, left, top + CAPTION - 8);
        BufferedImage picture = Pixels.image(UnitImages.toSigned(image), 0);
        g.drawImage(colour(picture), left, top + CAPTION, PICTURE, PICTURE, null);
        caption(g, below, left, top + CAPTION + PICTURE + 16);
    }

    private void drawBars(Graphics2D g, AttackedImage image, int left, int top) {
        caption(g, "probability", left + NAMES, top + CAPTION - 8);
        float[] before = image.before().probabilities();
        float[] after = image.after().probabilities();
        List<Integer> classes = IntStream.range(0, before.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -Math.max(before[k], after[k])))
                .limit(SHOWN)
                .toList();
        int height = PICTURE / SHOWN;
        for (int row = 0; row < classes.size(); row++) {
            int k = classes.get(row);
            int y = top + CAPTION + row * height;
            String name = fitted(g, result.classNames().get(k), NAMES - 8);
            int width = g.getFontMetrics().stringWidth(name);
            caption(g, name, left + NAMES - 8 - width, y + height / 2 + 4);
            bar(g, BEFORE, before[k], left + NAMES, y + 3);
            bar(g, AFTER, after[k], left + NAMES, y + height / 2 + 1);
        }
        int legend = top + CAPTION + PICTURE + 16;
        g.setColor(BEFORE);
        g.fillRect(left + NAMES, legend - 9, 10, 10);
        caption(g, "before", left + NAMES + 14, legend);
        g.setColor(AFTER);
        g.fillRect(left + NAMES + 70, legend - 9, 10, 10);
        caption(g, "after", left + NAMES + 84, legend);
    }

    private static void bar(Graphics2D g, Color colour, float probability, int left, int top) {
        int length = Math.round(probability * BARS);
        g.setColor(colour);
        g.fillRect(left, top, Math.max(1, length), PICTURE / SHOWN / 2 - 4);
        caption(g, "%.1f %%".formatted(100 * probability), left + length + 4, top + 10);
    }

    private String says(Outcome outcome) {
        String name = result.classNames().get(outcome.prediction());
        return "%s %.1f %%"
                .formatted(name.length() > 14 ? name.substring(0, 13) + "…" : name, 100 * outcome.confidence());
    }

    private static String size(AttackedImage image) {
        return "linf %.2f/255, l2 %.3g"
                .formatted(255 * image.after().linf(), image.after().l2());
    }

    private static void caption(Graphics2D g, String text, int left, int baseline) {
        g.setColor(INK);
        g.drawString(text, left, baseline);
    }

    private static String fitted(Graphics2D g, String text, int width) {
        FontMetrics metrics = g.getFontMetrics();
        String fitted = text;
        while (fitted.length() > 1 && metrics.stringWidth(fitted) > width) {
            fitted = fitted.substring(0, fitted.length() - 2) + "…";
        }
        return fitted;
    }

    private static Tensor magnified(Tensor delta, double factor) {
        float[] magnified = new float[delta.size()];
        for (int i = 0; i < magnified.length; i++) {
            magnified[i] = (float) (0.5 + factor * delta.data()[i]);
        }
        return new Tensor(delta.shape(), magnified);
    }

    /** Grey pictures as colour: drawn as they are, they would be taken for linear light and brightened. */
    private static BufferedImage colour(BufferedImage picture) {
        if (picture.getType() != BufferedImage.TYPE_BYTE_GRAY) {
            return picture;
        }
        BufferedImage colour = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colour.setRGB(x, y, picture.getRaster().getSample(x, y, 0) * 0x010101);
            }
        }
        return colour;
    }
}
