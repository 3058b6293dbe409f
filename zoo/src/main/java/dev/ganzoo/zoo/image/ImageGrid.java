package dev.ganzoo.zoo.image;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Many images of one size as one picture, row by row.
 *
 * <pre>{@code
 * BufferedImage picture = ImageGrid.of(samples).columns(8).scale(2).image();
 * }</pre>
 *
 * <p>By default as square as the count allows, 2 pixels of black between images and around them, not enlarged, no names
 * before rows.
 * Immutable: every option gives a new grid.
 */
public final class ImageGrid {
    private final List<BufferedImage> tiles;
    private final int columns;
    private final int padding;
    private final int scale;
    private final RowNames rowNames;
    private final Map<String, String> text;

    private ImageGrid(
            List<BufferedImage> tiles,
            int columns,
            int padding,
            int scale,
            RowNames rowNames,
            Map<String, String> text) {
        this.tiles = tiles;
        this.columns = columns;
        this.padding = padding;
        this.scale = scale;
        this.rowNames = rowNames;
        this.text = text;
    }

    /** A grid of images {@code (N, C, H, W)} in [-1, 1], C = 1 or 3, N ≥ 1. */
    public static ImageGrid of(Tensor images) {
        return of(Pixels.images(images));
    }

    /** A grid of at least one image, all of one size and all grey or all in colour. */
    public static ImageGrid of(List<BufferedImage> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a grid needs at least one image, got none");
        }
        BufferedImage first = images.get(0);
        for (BufferedImage image : images) {
            if (image.getWidth() != first.getWidth()
                    || image.getHeight() != first.getHeight()
                    || isGrey(image) != isGrey(first)) {
                throw new IllegalArgumentException(
                        "images of a grid must be alike, got %s after %s".formatted(describe(image), describe(first)));
            }
        }
        return new ImageGrid(List.copyOf(images), squarish(images.size()), 2, 1, RowNames.NONE, Map.of());
    }

    /** How many images stand in a row; more than there are images means one row. */
    public ImageGrid columns(int columns) {
        return new ImageGrid(
                tiles, Math.min(atLeast("columns", 1, columns), tiles.size()), padding, scale, rowNames, text);
    }

    /** Black pixels between images and around them, before enlarging; 0 for none. */
    public ImageGrid padding(int pixels) {
        return new ImageGrid(tiles, columns, atLeast("padding", 0, pixels), scale, rowNames, text);
    }

    /** Enlarges each pixel to {@code factor × factor} (nearest neighbour). */
    public ImageGrid scale(int factor) {
        return new ImageGrid(tiles, columns, padding, atLeast("scale", 1, factor), rowNames, text);
    }

    /** What stands before each row, white on black, from the top; one name a row, or none for no names. */
    public ImageGrid rowNames(List<String> names) {
        return new ImageGrid(tiles, columns, padding, scale, new RowNames(names), text);
    }

    /** What the PNG file of this grid says about it: {@link Png#encode(BufferedImage, Map)}. */
    public ImageGrid text(Map<String, String> text) {
        return new ImageGrid(
                tiles, columns, padding, scale, rowNames, Collections.unmodifiableMap(new LinkedHashMap<>(text)));
    }

    /** The bytes of a PNG file of this grid. */
    public byte[] png() {
        return Png.encode(image(), text);
    }

    /**
     * Saves this grid as a PNG file, whole or not at all.
     *
     * @throws IllegalArgumentException if the name does not end with {@code .png}
     * @throws UncheckedIOException if the file cannot be written
     */
    public void save(Path path) {
        if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new IllegalArgumentException(
                    "cannot save a grid to \"%s\": its name must end with .png".formatted(path));
        }
        try {
            AtomicFiles.write(path, png());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save a grid to \"%s\": %s".formatted(path, e), e);
        }
    }

    /**
     * Draws the grid: {@link BufferedImage#TYPE_BYTE_GRAY} if its images are grey, else TYPE_INT_RGB.
     *
     * @throws IllegalArgumentException if it would be too large, or there are names, but not one a row
     */
    public BufferedImage image() {
        BufferedImage first = tiles.get(0);
        int rows = (tiles.size() + columns - 1) / columns;
        int margin = rowNames.width(rows);
        long width = margin + (long) scale * (columns * (first.getWidth() + (long) padding) + padding);
        long height = (long) scale * (rows * (first.getHeight() + (long) padding) + padding);
        if (width * height > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException(
                    "a grid may have at most %d pixels, got %d × %d".formatted(Integer.MAX_VALUE / 4, width, height));
        }
        BufferedImage picture = Pixels.blank(isGrey(first) ? 1 : 3, (int) height, (int) width);
        for (int i = 0; i < tiles.size(); i++) {
            int left = padding + i % columns * (first.getWidth() + padding);
            int top = padding + i / columns * (first.getHeight() + padding);
            draw(tiles.get(i), picture, margin + left * scale, top * scale);
        }
        rowNames.draw(picture, padding * scale, (first.getHeight() + padding) * scale, first.getHeight() * scale);
        return picture;
    }

    /** Copies samples, not colours: drawing through a colour space would shift grey values. */
    private void draw(BufferedImage tile, BufferedImage picture, int left, int top) {
        boolean grey = isGrey(tile);
        for (int y = 0; y < tile.getHeight() * scale; y++) {
            for (int x = 0; x < tile.getWidth() * scale; x++) {
                if (grey) {
                    int value = tile.getRaster().getSample(x / scale, y / scale, 0);
                    picture.getRaster().setSample(left + x, top + y, 0, value);
                } else {
                    picture.setRGB(left + x, top + y, tile.getRGB(x / scale, y / scale));
                }
            }
        }
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    }

    private static String describe(BufferedImage image) {
        return "%d × %d %s".formatted(image.getWidth(), image.getHeight(), isGrey(image) ? "grey" : "in colour");
    }

    private static int squarish(int count) {
        return (int) Math.ceil(Math.sqrt(count));
    }

    private static int atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(name, least, value));
        }
        return value;
    }
}
