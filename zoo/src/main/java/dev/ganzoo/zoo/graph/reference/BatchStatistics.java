package dev.ganzoo.zoo.graph.reference;

import java.util.Arrays;

/** Mean and variance of each channel of (N, C) or (N, C, H, W), over all other axes. */
record BatchStatistics(double[] mean, double[] biasedVariance, double[] unbiasedVariance) {
    /** The statistics of {@code x}. */
    static BatchStatistics of(DoubleTensor x) {
        int channels = x.extent(1);
        double count = (double) x.size() / channels;
        int[] channelOf = channelOf(x);
        double[] mean = new double[channels];
        for (int i = 0; i < x.size(); i++) {
            mean[channelOf[i]] += x.data()[i] / count;
        }
        double[] squares = new double[channels];
        for (int i = 0; i < x.size(); i++) {
            double deviation = x.data()[i] - mean[channelOf[i]];
            squares[channelOf[i]] += deviation * deviation;
        }
        return new BatchStatistics(
                mean,
                Arrays.stream(squares).map(sum -> sum / count).toArray(),
                Arrays.stream(squares).map(sum -> sum / (count - 1)).toArray());
    }

    /** (x − mean) / √(variance + epsilon) · gain + bias, each by channel. */
    static DoubleTensor normalize(
            DoubleTensor x, double[] mean, double[] variance, double epsilon, DoubleTensor gain, DoubleTensor bias) {
        int[] channelOf = channelOf(x);
        double[] out = new double[x.size()];
        for (int i = 0; i < out.length; i++) {
            int c = channelOf[i];
            out[i] = (x.data()[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) * gain.data()[c] + bias.data()[c];
        }
        return new DoubleTensor(x.shape(), out);
    }

    private static int[] channelOf(DoubleTensor x) {
        int[] onlyChannels = new int[x.shape().length];
        onlyChannels[1] = 1;
        return Layout.offsets(x.shape(), onlyChannels);
    }
}
