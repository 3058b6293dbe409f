package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What of a layer is to be maximised: {@code model.visualize().layer("conv4")}. Immutable and safe for several threads. */
public final class LayerTargets {
    private final VisualizationSource source;
    private final Layer layer;

    LayerTargets(VisualizationSource source, Layer layer) {
        this.source = source;
        this.layer = layer;
    }

    /** The layer. */
    public Layer layer() {
        return layer;
    }

    /** An image for each channel (or feature) of the layer. */
    public VisualizationRequest channels() {
        return channelRange(0, layer.channels() - 1);
    }

    /**
     * An image for each of these channels: its greatest value or its mean ({@link VisualizationRequest#spatial}).
     *
     * @param channels from 0; at least one
     * @throws InvalidRequestException if the layer has no such channel
     */
    public VisualizationRequest channels(int... channels) {
        return request(Arrays.stream(channels)
                .mapToObj(channel -> new Target.Channel(checked("channel", channel, layer.channels())))
                .toList());
    }

    /** An image for each channel from {@code first} to {@code last}, both included. @see #channels(int...) */
    public VisualizationRequest channelRange(int first, int last) {
        checked("channel", first, layer.channels());
        checked("channel", last, layer.channels());
        if (last < first) {
            throw new InvalidRequestException(
                    "channel", "a range of channels must not end before it begins, got %d-%d".formatted(first, last));
        }
        return channels(IntStream.rangeClosed(first, last).toArray());
    }

    /**
     * An image for the value of a channel at one position.
     *
     * @throws InvalidRequestException if the layer has no such channel or position
     */
    public VisualizationRequest neuron(int channel, int y, int x) {
        int[] shape = layer.shape();
        int height = shape.length == 1 ? 1 : shape[1], width = shape.length == 1 ? 1 : shape[2];
        checked("channel", channel, layer.channels());
        int position = checked("row", y, height) * width + checked("column", x, width);
        return request(List.of(new Target.Neuron(channel, position)));
    }

    /**
     * An image for a direction in the space of activations.
     *
     * @param weights one for each channel, for the weighted sum of the channels' means; or one for each value of the layer
     *     {@code (C, H, W)}, for the weighted sum of all
     * @throws InvalidRequestException if they are neither so many, or not finite, or all zero
     */
    public VisualizationRequest direction(float... weights) {
        if (weights.length != layer.channels() && weights.length != layer.size()) {
            throw new InvalidRequestException(
                    "direction",
                    "a direction in layer %s must have %d or %d weights, got %d"
                            .formatted(layer, layer.channels(), layer.size(), weights.length));
        }
        boolean nonZero = false;
        for (float weight : weights) {
            nonZero |= weight != 0;
            if (!Float.isFinite(weight)) {
                throw new InvalidRequestException("direction", "weights of a direction must be finite, got " + weight);
            }
        }
        if (!nonZero) {
            throw new InvalidRequestException("direction", "weights of a direction must not all be zero");
        }
        return request(List.of(new Target.Direction(weights.clone())));
    }

    /**
     * Images changed so that whatever the layer sees in them grows: the mean square of its activation (Mordvintsev et al.,
     * DeepDream, 2015).
     *
     * @param images {@code (C, H, W)} or {@code (N, C, H, W)} in [0, 1], of the network's shape; where the search starts
     * @throws InvalidRequestException if they are not so
     */
    public VisualizationRequest dream(Tensor images) {
        ImageShape shape = source.classifier().shape();
        Tensor batch = Starts.batch(images, shape);
        return request(Collections.nCopies(batch.shape()[0], new Target.Dream()))
                .start(Start.image(batch));
    }

    private VisualizationRequest request(List<? extends Target.Unit> units) {
        return new VisualizationRequest(
                source, new Target.OfLayer(source.layer(layer.name()), List.<Target.Unit>copyOf(units)));
    }

    private int checked(String what, int index, int count) {
        if (index < 0 || index >= count) {
            throw new InvalidRequestException(
                    what, "%s of layer %s must be in 0..%d, got %d".formatted(what, layer, count - 1, index));
        }
        return index;
    }
}
