package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The sliced Wasserstein distance of patches from Laplacian pyramids (Karras et al. 2018, section 5): is what is to be seen
 * at each scale as it is in real images? At every resolution from that of the images down to 16, 128 patches of 7 × 7 from
 * each image, normalised per channel, are projected onto 512 random directions; the distance is the mean difference of the
 * sorted projections, times 1000. Images are rounded to 8 bits first.
 *
 * @param byResolution the distance at each resolution, the finest first
 */
public record SlicedWasserstein(Map<Integer, Double> byResolution) {
    static final int DIRECTIONS = 512;

    private static final int PATCHES = 128;
    private static final int COARSEST = 16;

    /** Projections that are in memory at once, of either set. */
    private static final int PROJECTIONS = 1 << 24;

    /** The map is copied. */
    public SlicedWasserstein {
        byResolution = Collections.unmodifiableMap(new LinkedHashMap<>(byResolution));
    }

    /** The mean over resolutions. */
    public double average() {
        return byResolution.values().stream()
                .mapToDouble(distance -> distance)
                .average()
                .orElseThrow();
    }

    /**
     * Between two sets of images.
     *
     * @param real (N, C, H, W) in [-1, 1], C = 1 or 3, H and W ≥ 16, and even as often as they are halved
     * @param fake of the same shape
     * @param seed of places and directions
     * @throws IllegalArgumentException if the shapes differ or are not such, or a channel does not vary
     */
    public static SlicedWasserstein of(Tensor real, Tensor fake, long seed) {
        if (!Arrays.equals(real.shape(), fake.shape()) || real.shape().length != 4 || real.size() == 0) {
            throw new IllegalArgumentException(
                    "real and fake images must have the same shape (N, C, H, W), got %s and %s"
                            .formatted(Arrays.toString(real.shape()), Arrays.toString(fake.shape())));
        }
        int levels = levels(real.shape()[2], real.shape()[3]);
        List<float[]> reals = levels(real, levels), fakes = levels(fake, levels);
        Map<Integer, Double> distances = new LinkedHashMap<>();
        for (int level = 0; level < levels; level++) {
            int height = real.shape()[2] >> level;
            Randomness randomness =
                    Randomness.of(seed).forPurpose("sliced wasserstein").forPurpose("" + height);
            PatchSet a = patches("real", reals.get(level), real.shape(), level, randomness.forPurpose("real"));
            PatchSet b = patches("fake", fakes.get(level), real.shape(), level, randomness.forPurpose("fake"));
            Randomness directions = randomness.forPurpose("directions");
            int length = real.shape()[1] * PatchSet.SIDE * PatchSet.SIDE;
            distances.put(
                    height,
                    between(
                            a,
                            b,
                            IntStream.range(0, DIRECTIONS)
                                    .mapToObj(i -> direction(length, directions.at(i)))
                                    .toArray(double[][]::new)));
        }
        return new SlicedWasserstein(distances);
    }

    private static int levels(int height, int width) {
        int smaller = Math.min(height, width);
        if (smaller < COARSEST) {
            throw new IllegalArgumentException(
                    "height and width must be at least %d, got %d × %d".formatted(COARSEST, height, width));
        }
        int levels = 1;
        while (smaller >> levels >= COARSEST) {
            levels++;
        }
        int unit = 1 << (levels - 1);
        if (height % unit != 0 || width % unit != 0) {
            throw new IllegalArgumentException(
                    "height and width must be multiples of %d, got %d × %d".formatted(unit, height, width));
        }
        return levels;
    }

    /** The pyramids of all images, level by level. */
    static List<float[]> levels(Tensor images, int levels) {
        byte[] pixels = Pixels.bytes(images);
        int height = images.shape()[2], width = images.shape()[3], area = height * width;
        List<float[]> all = IntStream.range(0, levels)
                .mapToObj(level -> new float[pixels.length >> 2 * level])
                .toList();
        IntStream.range(0, pixels.length / area).parallel().forEach(plane -> {
            double[] values = new double[area];
            for (int i = 0; i < area; i++) {
                values[i] = pixels[plane * area + i] & 0xFF;
            }
            List<double[]> pyramid = LaplacianPyramid.of(values, height, width, levels);
            for (int level = 0; level < levels; level++) {
                double[] from = pyramid.get(level);
                for (int i = 0; i < from.length; i++) {
                    all.get(level)[plane * from.length + i] = (float) from[i];
                }
            }
        });
        return all;
    }

    private static PatchSet patches(String what, float[] images, int[] shape, int level, Randomness places) {
        int height = shape[2] >> level, width = shape[3] >> level;
        int[] corners = IntStream.range(0, shape[0])
                .mapToObj(places::at)
                .flatMapToInt(random -> IntStream.range(0, PATCHES)
                        .map(i -> random.nextInt(height - PatchSet.SIDE + 1) * width
                                + random.nextInt(width - PatchSet.SIDE + 1)))
                .toArray();
        return new PatchSet(what, images, shape[0], shape[1], height, width, corners);
    }

    /** Uniform on the sphere. */
    private static double[] direction(int length, RandomGenerator random) {
        double[] direction = IntStream.range(0, length)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double norm =
                Math.sqrt(Arrays.stream(direction).map(value -> value * value).sum());
        return Arrays.stream(direction).map(value -> value / norm).toArray();
    }

    /** The distance, times 1000, by some directions. */
    static double between(PatchSet a, PatchSet b, double[][] directions) {
        int atOnce = Math.max(1, PROJECTIONS / a.size());
        double sum = 0;
        for (int from = 0; from < directions.length; from += atOnce) {
            double[][] some = Arrays.copyOfRange(directions, from, Math.min(directions.length, from + atOnce));
            double[][] first = a.sortedProjections(some), second = b.sortedProjections(some);
            for (int i = 0; i < some.length; i++) {
                double distance = 0;
                for (int k = 0; k < first[i].length; k++) {
                    distance += Math.abs(first[i][k] - second[i][k]);
                }
                sum += distance / first[i].length;
            }
        }
        return 1000 * sum / directions.length;
    }
}
