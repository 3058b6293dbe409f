package dev.ganzoo.zoo.runtime;

import dev.ganzoo.zoo.runtime.OnnxSession.FloatTensor;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network whose inputs and outputs all have a row for each sample. Any number of rows is computed in pieces of at most
 * {@code batch}, so memory stays bounded; on a GPU always in whole pieces, filled up with zeros, so that it chooses one
 * algorithm.
 */
final class BatchedNetwork implements AutoCloseable {
    private final OnnxSession session;
    private final int batch;
    private final Map<String, long[]> inputs;
    private final Map<String, long[]> outputs;
    private final Queue<Map<String, FloatBuffer>> workspaces = new ConcurrentLinkedQueue<>();

    /** Shapes by name, the first extent being that of the batch. */
    BatchedNetwork(OnnxSession session, int batch, Map<String, long[]> inputs, Map<String, long[]> outputs) {
        this.session = session;
        this.batch = batch;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    Device device() {
        return session.device();
    }

    /** The outputs for inputs that all have as many rows. */
    Map<String, Tensor> run(Map<String, Tensor> values) {
        int count = values.values().iterator().next().shape()[0];
        values.forEach((name, value) -> check(name, value, count));
        Map<String, Tensor> results = new LinkedHashMap<>();
        outputs.forEach((name, shape) -> results.put(name, Tensor.zeros(rows(shape, count))));
        Map<String, FloatBuffer> workspace = workspaces.poll();
        workspace = workspace != null ? workspace : workspace();
        try {
            for (int done = 0; done < count; done += batch) {
                runSome(workspace, values, results, done, Math.min(batch, count - done));
            }
        } finally {
            workspaces.add(workspace);
        }
        return results;
    }

    private void runSome(
            Map<String, FloatBuffer> workspace,
            Map<String, Tensor> values,
            Map<String, Tensor> results,
            int from,
            int count) {
        int size = session.device().kind() == Device.Kind.CPU ? count : batch;
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        Map<String, FloatTensor> made = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            int width = width(inputs.get(name));
            FloatBuffer buffer = workspace.get(name).clear().limit(size * width);
            buffer.put(value.data(), from * width, count * width);
            while (buffer.hasRemaining()) {
                buffer.put(0);
            }
            given.put(name, new FloatTensor(buffer.flip().slice(), longs(rows(inputs.get(name), size))));
        });
        outputs.forEach((name, shape) -> {
            FloatBuffer buffer = workspace.get(name).clear().limit(size * width(shape));
            made.put(name, new FloatTensor(buffer.slice(), longs(rows(shape, size))));
        });
        session.run(given, made);
        results.forEach((name, result) -> {
            int width = width(outputs.get(name));
            workspace.get(name).get(0, result.data(), from * width, count * width);
        });
    }

    private Map<String, FloatBuffer> workspace() {
        Map<String, FloatBuffer> workspace = new LinkedHashMap<>();
        inputs.forEach((name, shape) -> workspace.put(name, FloatTensor.direct(batch, width(shape))));
        outputs.forEach((name, shape) -> workspace.put(name, FloatTensor.direct(batch, width(shape))));
        return workspace;
    }

    private void check(String name, Tensor value, int count) {
        int[] expected = rows(inputs.get(name), count);
        if (!Arrays.equals(expected, value.shape())) {
            throw new IllegalArgumentException("%s must have shape %s, got %s"
                    .formatted(name, Arrays.toString(expected), Arrays.toString(value.shape())));
        }
    }

    private static int width(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
    }

    private static int[] rows(long[] shape, int count) {
        int[] rows = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
        rows[0] = count;
        return rows;
    }

    private static long[] longs(int... shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    /** Waits for runs in flight, then frees the network. */
    @Override
    public void close() {
        session.close();
    }
}
