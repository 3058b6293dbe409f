package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a network's parameters and buffers on a device, by name, and its constants. Owned by one manager. */
final class NetworkValues implements AutoCloseable {
    private final NDManager manager;
    private final Map<String, NDArray> named = new LinkedHashMap<>();
    private final Map<Tensor, NDArray> constants = new IdentityHashMap<>();

    NetworkValues(NDManager parent) {
        this.manager = parent.newSubManager();
    }

    NDManager manager() {
        return manager;
    }

    NDArray get(String name) {
        NDArray value = named.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for \"%s\"".formatted(name));
        }
        return value;
    }

    void put(String name, Tensor value) {
        replaceNamed(name, upload(manager, value));
    }

    /** Gives the buffer {@code leaf} a new value, taking {@code value} over. */
    void replace(Node leaf, NDArray value) {
        replaceNamed(((Op.Buffer) leaf.op()).name(), value);
    }

    private void replaceNamed(String name, NDArray value) {
        NDArray old = named.put(name, Scopes.move(value, manager));
        if (old != null) {
            old.close();
        }
    }

    NDArray constant(Tensor value) {
        return constants.computeIfAbsent(value, tensor -> upload(manager, tensor));
    }

    /** Copies of all values by name. */
    Map<String, Tensor> toTensors() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        named.forEach((name, value) -> copies.put(name, download(value)));
        return copies;
    }

    static NDArray upload(NDManager manager, Tensor tensor) {
        long[] extents = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return Scopes.copy(tensor.data(), new Shape(extents), manager);
    }

    static Tensor download(NDArray array) {
        return Tensor.of(array.toFloatArray(), extents(array));
    }

    static int[] extents(NDArray array) {
        return Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
