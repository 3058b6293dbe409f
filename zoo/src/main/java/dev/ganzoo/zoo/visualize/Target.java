package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What each image of a request is to maximise. */
sealed interface Target {
    /** Of each image, for people: {@code cat}, {@code conv4:15}. */
    List<String> titles();

    /** The objectives of images {@code from}, {@code from + 1}, …, and their gradients. */
    LayerEvaluation evaluate(Tensor images, int from, Spatial spatial);

    /** How many images there are. */
    default int count() {
        return titles().size();
    }

    /** The logits of classes. */
    record Classes(ClassifierNetwork network, List<String> titles, int... labels) implements Target {
        @Override
        public LayerEvaluation evaluate(Tensor images, int from, Spatial spatial) {
            int[] now = Arrays.copyOfRange(labels, from, from + images.shape()[0]);
            var evaluation = network.gradient(images, Objective.logit(network.classes(), now));
            return new LayerEvaluation(evaluation.objective(), evaluation.gradient());
        }
    }

    /** Something of a layer. */
    record OfLayer(LayerNetwork network, List<Unit> units) implements Target {
        @Override
        public List<String> titles() {
            Layer layer = network.layer();
            List<String> titles = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                titles.add(units.get(i).title(layer, i));
            }
            return titles;
        }

        @Override
        public int count() {
            return units.size();
        }

        @Override
        public LayerEvaluation evaluate(Tensor images, int from, Spatial spatial) {
            Layer layer = network.layer();
            LayerObjective objective = LayerObjective.zeros(images.shape()[0], layer);
            IntStream.range(0, images.shape()[0])
                    .forEach(n -> units.get(from + n).weigh(objective, n, layer, spatial));
            return network.gradient(images, objective);
        }
    }

    /** What of a layer one image maximises. */
    sealed interface Unit {
        String title(Layer layer, int index);

        /** Sets the weights of image {@code n}, all of which are 0. */
        void weigh(LayerObjective objective, int n, Layer layer, Spatial spatial);
    }

    /** A whole channel. */
    record Channel(int channel) implements Unit {
        @Override
        public String title(Layer layer, int index) {
            return layer.name() + ":" + channel;
        }

        @Override
        public void weigh(LayerObjective objective, int n, Layer layer, Spatial spatial) {
            if (spatial == Spatial.MAX) {
                objective.max().data()[n * layer.channels() + channel] = 1;
            } else {
                int at = n * layer.size() + channel * layer.positions();
                Arrays.fill(objective.linear().data(), at, at + layer.positions(), 1f / layer.positions());
            }
        }
    }

    /** One value, by its index in the layer's activation. */
    record Neuron(int channel, int position) implements Unit {
        @Override
        public String title(Layer layer, int index) {
            String unit = layer.name() + ":" + channel;
            int[] shape = layer.shape();
            return shape.length == 1 ? unit : "%s@%d,%d".formatted(unit, position / shape[2], position % shape[2]);
        }

        @Override
        public void weigh(LayerObjective objective, int n, Layer layer, Spatial spatial) {
            objective.linear().data()[n * layer.size() + channel * layer.positions() + position] = 1;
        }
    }

    /** A weighted sum: of channels' means, or of all values. */
    record Direction(float... weights) implements Unit {
        @Override
        public String title(Layer layer, int index) {
            return "%s direction %d".formatted(layer.name(), index);
        }

        @Override
        public void weigh(LayerObjective objective, int n, Layer layer, Spatial spatial) {
            int repeated = layer.size() / weights.length;
            for (int i = 0; i < layer.size(); i++) {
                objective.linear().data()[n * layer.size() + i] = weights[i / repeated] / repeated;
            }
        }
    }

    /** The mean square of everything. */
    record Dream() implements Unit {
        @Override
        public String title(Layer layer, int index) {
            return "%s dream %d".formatted(layer.name(), index);
        }

        @Override
        public void weigh(LayerObjective objective, int n, Layer layer, Spatial spatial) {
            int at = n * layer.channels();
            Arrays.fill(objective.square().data(), at, at + layer.channels(), 1f / layer.channels());
        }
    }
}
