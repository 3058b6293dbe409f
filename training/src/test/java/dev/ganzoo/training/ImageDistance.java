package dev.ganzoo.training;

import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.FrechetDistance;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.tensor.Tensor;

/** The Fréchet distance between images as one sees them from afar: each square of four by four pixels is one value. */
final class ImageDistance {
    private static final int SQUARE = 4;

    private final GaussianStatistics statistics;

    private ImageDistance(GaussianStatistics statistics) {
        this.statistics = statistics;
    }

    /** The distance from these images (N, C, H, W), H and W multiples of 4. */
    static ImageDistance from(Tensor images) {
        return new ImageDistance(statistics(images));
    }

    /** How far these are. */
    double to(Tensor images) {
        return FrechetDistance.between(statistics, statistics(images));
    }

    private static GaussianStatistics statistics(Tensor images) {
        int[] shape = images.shape();
        int columns = shape[3] / SQUARE;
        int squares = shape[1] * (shape[2] / SQUARE) * columns;
        float[] means = new float[shape[0] * squares];
        for (int i = 0; i < images.size(); i++) {
            int x = i % shape[3] / SQUARE;
            int row = i / shape[3] / SQUARE;
            means[row * columns + x] += images.data()[i] / (SQUARE * SQUARE);
        }
        return GaussianStatistics.of(Features.of(means, shape[0], squares));
    }
}
