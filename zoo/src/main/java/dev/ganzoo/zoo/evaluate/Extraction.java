package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.runtime.FeatureNetwork;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an extractor made of images. Fields that were not asked for are null.
 *
 * @param count how many images; 0 if that is not known
 * @param statistics of the features
 * @param features (count, width)
 * @param logits (count, K)
 * @param labels the class of each image, -1 for none
 */
record Extraction(int count, GaussianStatistics statistics, Features features, Features logits, int... labels) {
    /** Most values that a Java array holds. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 16;

    /** What is wanted of images. */
    record Needs(boolean statistics, boolean features, boolean logits) {
        static Needs ofReal(List<Metric> metrics) {
            return new Needs(metrics.contains(Metric.FID), metrics.stream().anyMatch(Metric::needsFeatures), false);
        }

        static Needs ofSamples(List<Metric> metrics) {
            return new Needs(
                    metrics.contains(Metric.FID),
                    metrics.stream().anyMatch(Metric::needsFeatures),
                    metrics.contains(Metric.IS));
        }

        Needs and(Needs other) {
            return new Needs(statistics || other.statistics, features || other.features, logits || other.logits);
        }

        boolean nothing() {
            return !statistics && !features && !logits;
        }
    }

    /** Runs the first {@code count} images through an extractor in pieces of {@code batch}. */
    static Extraction of(
            ImageSource images,
            int count,
            OpenExtractor extractor,
            Needs needs,
            int batch,
            String what,
            EvaluationListener listener)
            throws IOException {
        GaussianStatistics.Accumulator statistics = null;
        Rows features = new Rows(count);
        Rows logits = new Rows(count);
        for (int done = 0; done < count; ) {
            listener.progress(what, done, count);
            List<Picture> pictures = images.pictures(done, Math.min(batch, count - done));
            FeatureNetwork.Answer answer = extractor.answer(pictures);
            if (needs.statistics()) {
                Features some = features(answer.features());
                statistics = statistics == null ? GaussianStatistics.accumulator(some.width()) : statistics;
                statistics.add(some);
            }
            if (needs.features()) {
                features.add(answer.features(), done);
            }
            if (needs.logits()) {
                logits.add(answer.logits(), done);
            }
            done += pictures.size();
        }
        listener.progress(what, count, count);
        int[] labels = IntStream.range(0, count).map(images::label).toArray();
        return new Extraction(
                count, statistics == null ? null : statistics.statistics(), features.all(), logits.all(), labels);
    }

    private static Features features(Tensor rows) {
        return Features.of(rows.data(), rows.shape()[0], rows.shape()[1]);
    }

    /** The features of the images of one class. */
    Features ofClass(int label) {
        return features.select(rowsOf(label));
    }

    /** The logits of the images of one class. */
    Features logitsOfClass(int label) {
        return logits.select(rowsOf(label));
    }

    private int[] rowsOf(int label) {
        return IntStream.range(0, count).filter(i -> labels[i] == label).toArray();
    }

    /** How many images are of a class. */
    int countOf(int label) {
        return rowsOf(label).length;
    }

    /** Rows that come in pieces. */
    private static final class Rows {
        private final int count;
        private float[] values;
        private int width;

        Rows(int count) {
            this.count = count;
        }

        void add(Tensor rows, int from) {
            if (values == null) {
                width = rows.shape()[1];
                long size = (long) count * width;
                if (size > MOST_VALUES) {
                    throw new IllegalArgumentException(
                            ("features of %,d images must have at most %,d values to be kept in memory, got %,d; take"
                                            + " fewer images or fid alone")
                                    .formatted(count, MOST_VALUES, size));
                }
                values = new float[(int) size];
            }
            System.arraycopy(rows.data(), 0, values, from * width, rows.size());
        }

        Features all() {
            return values == null ? null : Features.of(values, count, width);
        }
    }
}
