package dev.ganzoo.zoo.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colours for a set of images. If the images have no more, exactly these; otherwise by variance-driven
 * median cut (Heckbert 1982, splitting at the mean as Wan et al. 1988) of a histogram with 5 bits a channel.
 */
final class Palette {
    private static final int SIZE = 256;

    private final int[] colours;
    /** The entry of every colour where the palette is exact, else null. */
    private final Map<Integer, Integer> exact;
    /** The nearest entry for each 15-bit colour, found when first asked for; -1 until then. */
    private final int[] nearest = new int[1 << 15];

    private Palette(int[] colours, Map<Integer, Integer> exact) {
        this.colours = colours;
        this.exact = exact;
        Arrays.fill(nearest, -1);
    }

    static Palette of(List<BufferedImage> images) {
        Map<Integer, Integer> distinct = new HashMap<>();
        Histogram histogram = new Histogram();
        for (BufferedImage image : images) {
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    int rgb = rgb(image, x, y);
                    histogram.add(rgb);
                    if (distinct.size() <= SIZE) {
                        distinct.putIfAbsent(rgb, distinct.size());
                    }
                }
            }
        }
        if (distinct.size() <= SIZE) {
            int[] colours = new int[distinct.size()];
            distinct.forEach((rgb, entry) -> colours[entry] = rgb);
            return new Palette(colours, distinct);
        }
        return new Palette(histogram.cut(SIZE), null);
    }

    /** The image in this palette; with Floyd–Steinberg error diffusion where the palette is not exact. */
    BufferedImage index(BufferedImage image) {
        int width = image.getWidth(), height = image.getHeight();
        BufferedImage indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model());
        float[][] here = new float[width + 2][3], below = new float[width + 2][3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = rgb(image, x, y);
                int entry = exact != null ? exact.get(rgb) : diffuse(rgb, x + 1, here, below);
                indexed.getRaster().setSample(x, y, 0, entry);
            }
            float[][] done = here;
            here = below;
            below = done;
            for (float[] error : below) {
                Arrays.fill(error, 0);
            }
        }
        return indexed;
    }

    private int diffuse(int rgb, int x, float[][] here, float[][] below) {
        int[] wanted = new int[3];
        for (int c = 0; c < 3; c++) {
            wanted[c] = Math.max(0, Math.min(255, Math.round(channel(rgb, c) + here[x][c])));
        }
        int entry = nearest(wanted);
        for (int c = 0; c < 3; c++) {
            float error = wanted[c] - channel(colours[entry], c);
            here[x + 1][c] += error * 7 / 16;
            below[x - 1][c] += error * 3 / 16;
            below[x][c] += error * 5 / 16;
            below[x + 1][c] += error / 16;
        }
        return entry;
    }

    private int nearest(int[] wanted) {
        int bin = wanted[0] >> 3 << 10 | wanted[1] >> 3 << 5 | wanted[2] >> 3;
        if (nearest[bin] < 0) {
            int best = Integer.MAX_VALUE;
            for (int i = 0; i < colours.length; i++) {
                int distance = 0;
                for (int c = 0; c < 3; c++) {
                    int difference = (wanted[c] | 7) - 4 - channel(colours[i], c);
                    distance += difference * difference;
                }
                if (distance < best) {
                    best = distance;
                    nearest[bin] = i;
                }
            }
        }
        return nearest[bin];
    }

    private IndexColorModel model() {
        byte[][] channels = new byte[3][colours.length];
        for (int i = 0; i < colours.length; i++) {
            for (int c = 0; c < 3; c++) {
                channels[c][i] = (byte) channel(colours[i], c);
            }
        }
        return new IndexColorModel(8, colours.length, channels[0], channels[1], channels[2]);
    }

    /** Grey samples are read raw: {@code getRGB} would take them for linear light and brighten them. */
    private static int rgb(BufferedImage image, int x, int y) {
        return image.getType() == BufferedImage.TYPE_BYTE_GRAY
                ? image.getRaster().getSample(x, y, 0) * 0x010101
                : image.getRGB(x, y) & 0xFFFFFF;
    }

    private static int channel(int rgb, int c) {
        return rgb >> (16 - 8 * c) & 0xFF;
    }

    /** Counts and colour sums for each 15-bit colour. */
    private static final class Histogram {
        private final long[] count = new long[1 << 15];
        private final long[][] sum = new long[1 << 15][];

        void add(int rgb) {
            int bin = channel(rgb, 0) >> 3 << 10 | channel(rgb, 1) >> 3 << 5 | channel(rgb, 2) >> 3;
            if (sum[bin] == null) {
                sum[bin] = new long[3];
            }
            count[bin]++;
            for (int c = 0; c < 3; c++) {
                sum[bin][c] += channel(rgb, c);
            }
        }

        int[] cut(int size) {
            List<Box> boxes = new ArrayList<>();
            List<Integer> all = new ArrayList<>();
            for (int bin = 0; bin < count.length; bin++) {
                if (count[bin] > 0) {
                    all.add(bin);
                }
            }
            boxes.add(box(all));
            while (boxes.size() < size) {
                Box widest = boxes.stream()
                        .max((a, b) -> Double.compare(a.spread(), b.spread()))
                        .orElseThrow();
                if (widest.spread() <= 0) {
                    break;
                }
                boxes.remove(widest);
                boxes.addAll(split(widest));
            }
            return boxes.stream().mapToInt(Box::colour).toArray();
        }

        private List<Box> split(Box box) {
            int axis = box.axis();
            List<Integer> low = new ArrayList<>(), high = new ArrayList<>();
            for (int bin : box.bins()) {
                (mean(bin, axis) < box.mean()[axis] ? low : high).add(bin);
            }
            return List.of(box(low), box(high));
        }

        private Box box(List<Integer> bins) {
            double[] mean = new double[3], squares = new double[3];
            long total = 0;
            for (int bin : bins) {
                total += count[bin];
                for (int c = 0; c < 3; c++) {
                    mean[c] += sum[bin][c];
                    squares[c] += count[bin] * mean(bin, c) * mean(bin, c);
                }
            }
            double[] spread = new double[3];
            for (int c = 0; c < 3; c++) {
                mean[c] /= total;
                spread[c] = bins.size() == 1 ? 0 : squares[c] - total * mean[c] * mean[c];
            }
            int axis = spread[0] >= spread[1] && spread[0] >= spread[2] ? 0 : spread[1] >= spread[2] ? 1 : 2;
            return new Box(bins, mean, axis, spread[axis]);
        }

        private double mean(int bin, int c) {
            return (double) sum[bin][c] / count[bin];
        }
    }

    /** Some bins of the histogram, their mean colour, and the channel in which they vary most (and by how much). */
    private record Box(List<Integer> bins, double[] mean, int axis, double spread) {
        int colour() {
            return (int) Math.round(mean[0]) << 16 | (int) Math.round(mean[1]) << 8 | (int) Math.round(mean[2]);
        }
    }
}
