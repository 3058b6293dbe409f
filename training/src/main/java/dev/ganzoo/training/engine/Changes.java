package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.augmentation.Change;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Changes of images as networks without weights, each put together when first used. */
final class Changes {
    private static final String IMAGE = "image";

    private final NDManager manager;
    private final Shape shape;
    private final Map<Change, Network> networks = new HashMap<>();

    /** For images of the shape {@code shape} (N, C, H, W). */
    Changes(NDManager manager, Shape shape) {
        this.manager = manager;
        this.shape = shape;
    }

    /** {@code shown} changed by numbers drawn from {@code random}; arrays belong to {@code scope}. */
    Shown apply(NDManager scope, Change change, Shown shown, RandomGenerator random) {
        return change == Change.NONE ? shown : apply(scope, change, shown, change.draw(shown.count(), shape, random));
    }

    /** The same by numbers at hand. */
    Shown apply(NDManager scope, Change change, Shown shown, Map<String, Tensor> drawn) {
        Map<String, NDArray> numbers = new LinkedHashMap<>();
        drawn.forEach((name, value) -> numbers.put(name, NetworkValues.upload(scope, value)));
        Map<String, NDArray> inputs = new HashMap<>(numbers);
        inputs.put(IMAGE, shown.images());
        NDArray changed = networks.computeIfAbsent(change, this::network).forward(scope, Mode.TRAINING, inputs);
        return new Shown(changed, shown.classWeights(), numbers);
    }

    private Network network(Change change) {
        Map<String, Node> numbers = new LinkedHashMap<>();
        change.numbers(shape).forEach((name, extents) -> numbers.put(name, Node.input(name, extents)));
        Node changed = change.apply(Node.input(IMAGE, shape), numbers);
        return Network.restore(Graph.of(change.name(), IMAGE, changed), Map.of(), manager);
    }
}
