package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All values of one channel of a dataset.
 *
 * @param mean in [0, 1]
 * @param standardDeviation of values in [0, 1], the population's
 * @param histogram how many pixels have each of the 256 values
 */
public record ChannelStatistics(double mean, double standardDeviation, List<Long> histogram) {
    public ChannelStatistics {
        histogram = List.copyOf(histogram);
    }

    /** Of each channel: red, green and blue, or grey. */
    public static List<ChannelStatistics> of(Dataset dataset) {
        int plane = dataset.height() * dataset.width();
        var counts = new long[dataset.channels()][256];
        for (int i = 0; i < dataset.size(); i++) {
            byte[] image = dataset.pixels(i);
            for (int k = 0; k < image.length; k++) {
                counts[k / plane][image[k] & 0xFF]++;
            }
        }
        List<ChannelStatistics> channels = new ArrayList<>();
        for (long[] count : counts) {
            channels.add(of(count));
        }
        return channels;
    }

    private static ChannelStatistics of(long[] counts) {
        long total = Arrays.stream(counts).sum();
        double sum = 0;
        for (int value = 0; value < 256; value++) {
            sum += counts[value] * (double) value;
        }
        double mean = sum / total;
        double squares = 0;
        for (int value = 0; value < 256; value++) {
            squares += counts[value] * (value - mean) * (value - mean);
        }
        List<Long> histogram = Arrays.stream(counts).boxed().toList();
        return new ChannelStatistics(mean / 255, Math.sqrt(squares / total) / 255, histogram);
    }
}
