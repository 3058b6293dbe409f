package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.metrics.MultiScaleSimilarity;
import dev.ganzoo.zoo.metrics.Score;
import dev.ganzoo.zoo.metrics.SlicedWasserstein;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Scores of images as they are, without an extractor, by the first {@value #MOST} of them. */
final class PixelScores {
    /** As many as progressive GANs were measured with. */
    static final int MOST = 8192;

    private static final int PIECE = 256;

    private PixelScores() {}

    /** How alike two samples of the same class are, of any if there are no classes. */
    static Score similarity(ImageSource samples, int count) throws IOException {
        Map<Integer, Integer> waiting = new HashMap<>();
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, count); i++) {
            Integer other = waiting.remove(samples.label(i));
            if (other == null) {
                waiting.put(samples.label(i), i);
            } else {
                first.add(other);
                second.add(i);
            }
        }
        InvalidRequestException.check(
                !first.isEmpty(), "samples", "msssim needs two samples of a class", Math.min(MOST, count));
        List<Picture> pictures = pictures(samples, Math.min(MOST, count));
        double[] all = DoubleStream.empty().toArray();
        for (int from = 0; from < first.size(); from += PIECE) {
            int to = Math.min(first.size(), from + PIECE);
            double[] some = MultiScaleSimilarity.between(
                    tensor(chosen(pictures, first.subList(from, to))),
                    tensor(chosen(pictures, second.subList(from, to))));
            all = DoubleStream.concat(DoubleStream.of(all), DoubleStream.of(some))
                    .toArray();
        }
        double mean = DoubleStream.of(all).average().orElseThrow();
        double variance = DoubleStream.of(all)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return new Score(mean, Math.sqrt(variance));
    }

    /** The mean distance over resolutions, between as many images of either side. */
    static Score slicedWasserstein(ImageSource real, int realCount, ImageSource samples, int count, long seed)
            throws IOException {
        int used = Math.min(MOST, Math.min(realCount, count));
        Tensor known = tensor(pictures(real, used));
        Tensor judged = tensor(pictures(samples, used));
        return new Score(SlicedWasserstein.of(known, judged, seed).average(), Double.NaN);
    }

    private static List<Picture> chosen(List<Picture> pictures, List<Integer> indices) {
        return indices.stream().map(pictures::get).toList();
    }

    private static List<Picture> pictures(ImageSource images, int count) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int done = 0; done < count; done += PIECE) {
            pictures.addAll(images.pictures(done, Math.min(PIECE, count - done)));
        }
        ImageShape shape = pictures.get(0).shape();
        for (Picture picture : pictures) {
            InvalidRequestException.check(
                    picture.shape().equals(shape),
                    "metrics",
                    "scores of pixels need images of one shape, those of %s have %s".formatted(images.name(), shape),
                    picture.shape());
        }
        return pictures;
    }

    private static Tensor tensor(List<Picture> pictures) {
        ImageShape shape = pictures.get(0).shape();
        Tensor tensor = Tensor.zeros(shape.batch(pictures.size()));
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = Pixels.toFloat(pictures.get(i / shape.values()).pixels()[i % shape.values()] & 0xFF);
        }
        return tensor;
    }
}
