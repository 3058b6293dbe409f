package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of one class: how many there are, and their mean and variance pixel by pixel. Computed in whole numbers, so
 * without rounding until the last division.
 *
 * @param label an index into the dataset's class names
 * @param count how many images there are
 * @param mean (1, C, H, W) in [0, 1]; zeros if there is no image
 * @param variance (1, C, H, W) in [0, 0.25], the population's, of pixels in [0, 1]; zeros if there is no image
 */
public record ClassStatistics(int label, int count, Tensor mean, Tensor variance) {
    /** Of every class of a dataset, in the order of its class names. */
    public static List<ClassStatistics> of(Dataset dataset) {
        return of(dataset, ReportListener.NONE);
    }

    static List<ClassStatistics> of(Dataset dataset, ReportListener listener) {
        int classes = dataset.classNames().size();
        var counts = new int[classes];
        var sums = new long[classes][];
        var squares = new long[classes][];
        String phase = "averaging images of " + dataset.split();
        for (int i = 0; i < dataset.size(); i++) {
            int label = dataset.label(i);
            if (counts[label]++ == 0) {
                sums[label] = new long[dataset.imageValues()];
                squares[label] = new long[dataset.imageValues()];
            }
            add(dataset.pixels(i), sums[label], squares[label]);
            if (i % 1_000 == 0) {
                listener.progress(phase, i, dataset.size());
            }
        }
        listener.progress(phase, dataset.size(), dataset.size());
        List<ClassStatistics> all = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            all.add(of(dataset, label, counts[label], sums[label], squares[label]));
        }
        return all;
    }

    private static void add(byte[] image, long[] sums, long[] squares) {
        for (int k = 0; k < image.length; k++) {
            int value = image[k] & 0xFF;
            sums[k] += value;
            squares[k] += (long) value * value;
        }
    }

    private static ClassStatistics of(Dataset dataset, int label, int count, long[] sums, long[] squares) {
        var mean = Tensor.zeros(1, dataset.channels(), dataset.height(), dataset.width());
        var variance = Tensor.zeros(mean.shape());
        for (int k = 0; k < mean.size() && count > 0; k++) {
            double average = (double) sums[k] / count;
            mean.data()[k] = (float) (average / 255);
            double spread = (double) (count * squares[k] - sums[k] * sums[k]) / ((double) count * count);
            variance.data()[k] = (float) (spread / (255.0 * 255.0));
        }
        return new ClassStatistics(label, count, mean, variance);
    }
}
