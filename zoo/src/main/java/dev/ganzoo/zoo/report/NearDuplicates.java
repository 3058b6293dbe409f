package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Split;
import java.util.List;

/**
 * Pairs of images that show nearly the same: the correlation of their pixels, each row of each channel less its mean, is at least
 * {@link #similarity}, as they are or with one of them mirrored.
 *
 * <p>Brightness, contrast, tint and horizons do not count, a shift by some pixels does. All such pairs are found: what is not
 * compared pixel by pixel has been ruled out by a bound. Near-duplicates between train and test let a model be
 * praised for what it has learned by heart (Barz and Denzler, "Do we train on test data?", 2020).
 *
 * @param similarity the least correlation, in (0, 1)
 * @param groups pairs within each split and across two
 */
public record NearDuplicates(double similarity, List<Group> groups) {
    /** Below, so many pairs of quite different images are alike that neither count nor time would be of use. */
    private static final double LEAST = 0.5;

    public NearDuplicates {
        groups = List.copyOf(groups);
    }

    /**
     * One image of a pair.
     *
     * @param index its number within the split
     * @param label its class, an index into the dataset's class names
     */
    public record Image(Split split, int index, int label) {}

    /**
     * Two images, and how many are chained to them by further pairs.
     *
     * @param similarity their correlation
     * @param mirrored whether one of them is mirrored
     * @param alike how many images are chained to these by pairs, these two included
     */
    public record Pair(Image first, Image second, double similarity, boolean mirrored, int alike) {}

    /**
     * The pairs within a split ({@code first} and {@code second} are the same) or across two.
     *
     * @param pairs how many pairs there are
     * @param identical how many of them are equal in every pixel
     * @param mirrored how many of them are alike with one image mirrored
     * @param contradictory how many of them are labelled differently
     * @param imagesInFirst how many images of the first split are in a pair
     * @param imagesInSecond how many images of the second split are in a pair
     * @param closest for each chain of pairs its closest one, the closest first
     */
    public record Group(
            Split first,
            Split second,
            long pairs,
            long identical,
            long mirrored,
            long contradictory,
            int imagesInFirst,
            int imagesInSecond,
            List<Pair> closest) {
        public Group {
            closest = List.copyOf(closest);
        }
    }

    /**
     * Searches one split, or two and across. CIFAR-10 with its 60,000 images takes some tens of seconds on two cores, and
     * 256 bytes an image.
     *
     * @throws IllegalArgumentException if there are not one or two splits with images of one shape, or {@code similarity}
     *     is not in [0.5, 1)
     */
    public static NearDuplicates search(List<Dataset> splits, double similarity, ReportListener listener) {
        if (splits.isEmpty() || splits.size() > 2) {
            throw new IllegalArgumentException("splits must be one or two, got " + splits.size());
        }
        checkSimilarity(similarity);
        return new DuplicateSearch(new Pool(splits), similarity).run(listener);
    }

    static double checkSimilarity(double similarity) {
        if (!(similarity >= LEAST && similarity < 1)) {
            throw new IllegalArgumentException("similarity must be in [%s, 1), got %s".formatted(LEAST, similarity));
        }
        return similarity;
    }
}
