package dev.ganzoo.export;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Rule;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * From pixels in [0, 1] to what a network was trained on: (scale·pixel − mean) / std, channel by channel.
 *
 * @param scale 1, or 255 for a network that takes bytes
 * @param mean one for each channel, or one for all, in the units after scaling
 * @param std the same, each &gt; 0
 */
public record Normalization(double scale, List<Double> mean, List<Double> std) {
    /** Pixels as they are. */
    public static final Normalization NONE = new Normalization(1, List.of(0.0), List.of(1.0));

    /** Pixels in [-1, 1]. */
    public static final Normalization SYMMETRIC = new Normalization(1, List.of(0.5), List.of(0.5));

    /** @throws IllegalArgumentException if a value is not as above */
    public Normalization {
        check(scale > 0 && Double.isFinite(scale), "scale must be > 0", scale);
        check(!mean.isEmpty() && mean.stream().allMatch(Double::isFinite), "mean must be finite numbers", mean);
        check(
                !std.isEmpty() && std.stream().allMatch(s -> s > 0 && Double.isFinite(s)),
                "std must be numbers > 0",
                std);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** {@code classifier}, of one image input, on pixels in [0, 1] under the input name {@code name}. */
    Graph before(Graph classifier, String name) {
        Node own = classifier.inputs().get(0);
        int channels = own.shape().extent(1);
        Node pixels = Node.input(name, own.shape());
        Node factor = constant(
                channels, each(std, channels).stream().map(s -> scale / s).toList());
        Node shift = constant(channels, shifts(channels));
        boolean none = equals(NONE);
        Node normal = none ? pixels : pixels.times(factor).plus(shift).named(name + ".normalized");
        return Rewriter.with(List.of(new Replacement(own, normal))).rewrite(classifier);
    }

    /** The same arithmetic on values: (N, C, H, W). */
    Tensor apply(Tensor pixels) {
        int channels = pixels.shape()[1];
        int plane = pixels.shape()[2] * pixels.shape()[3];
        List<Double> means = each(mean, channels);
        List<Double> deviations = each(std, channels);
        float[] values = pixels.data().clone();
        for (int i = 0; i < values.length; i++) {
            int channel = i / plane % channels;
            values[i] = (float) ((scale * values[i] - means.get(channel)) / deviations.get(channel));
        }
        return Tensor.of(values, pixels.shape());
    }

    private List<Double> shifts(int channels) {
        List<Double> means = each(mean, channels);
        List<Double> deviations = each(std, channels);
        return IntStream.range(0, channels)
                .mapToObj(channel -> -means.get(channel) / deviations.get(channel))
                .toList();
    }

    private static Node constant(int channels, List<Double> values) {
        float[] floats = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            floats[channel] = values.get(channel).floatValue();
        }
        return Node.constant(Tensor.of(floats, channels, 1, 1));
    }

    private static List<Double> each(List<Double> values, int channels) {
        check(
                values.size() == 1 || values.size() == channels,
                "mean and std must have one value or one for each of %d channels".formatted(channels),
                values);
        return values.size() == channels ? values : Collections.nCopies(channels, values.get(0));
    }

    private static void check(boolean condition, String violated, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(violated + ", got " + found);
        }
    }

    private record Replacement(Node old, Node other) implements Rule {
        @Override
        public String name() {
            return "replacement";
        }

        @Override
        public Optional<Node> rewrite(Node node) {
            return node == old ? Optional.of(other) : Optional.empty();
        }
    }
}
