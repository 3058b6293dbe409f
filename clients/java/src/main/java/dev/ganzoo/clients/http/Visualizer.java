package dev.ganzoo.clients.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a visualisation begins: what is to be maximised. Immutable, and asks the server nothing. */
public final class Visualizer {
    private final RemoteModel model;

    Visualizer(RemoteModel model) {
        this.model = model;
    }

    /** An image for each class. */
    public VisualizationRequest classes() {
        return request(Map.of("classes", "all"));
    }

    /** An image for each of these classes, by name (in any case) or index as text. */
    public VisualizationRequest classes(String... namesOrIndices) {
        return request(Map.of("classes", List.of(namesOrIndices)));
    }

    /** Something of a layer; see {@link RemoteModel#layers}. */
    public Layer layer(String name) {
        return new Layer(name);
    }

    private VisualizationRequest request(Map<String, Object> fields) {
        return new VisualizationRequest(model, fields, progress -> true, 0);
    }

    /** What of a layer is to be maximised. Immutable. */
    public final class Layer {
        private final String name;

        private Layer(String name) {
            this.name = name;
        }

        /** An image for each of these channels, from 0; for the first 64 if none is given. */
        public VisualizationRequest channels(int... channels) {
            return channels.length == 0
                    ? request(Map.of("layer", name))
                    : of("channels", Arrays.stream(channels).boxed().toList());
        }

        /** An image for each channel from {@code first} to {@code last}, both included. */
        public VisualizationRequest channelRange(int first, int last) {
            return of("channels", first + "-" + last);
        }

        /** An image for the value of a channel at one position. */
        public VisualizationRequest neuron(int channel, int y, int x) {
            return of("neuron", List.of(channel, y, x));
        }

        /** An image for a weighted sum: a weight for each channel, or for each value. */
        public VisualizationRequest direction(double... weights) {
            return of("direction", Arrays.stream(weights).boxed().toList());
        }

        /** The image changed so that whatever the layer sees in it grows. */
        public VisualizationRequest dream(Source image) {
            Map<String, Object> fields = new LinkedHashMap<>(Map.of("layer", name, "dream", true));
            fields.put(image.field(), image.value());
            return request(fields);
        }

        private VisualizationRequest of(String unit, Object value) {
            return request(Map.of("layer", name, unit, value));
        }
    }
}
