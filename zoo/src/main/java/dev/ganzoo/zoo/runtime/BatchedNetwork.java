package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.runtime.OnnxSession.FloatTensor;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * A network whose inputs and outputs all have a row for each sample. Any number of rows is computed in pieces of at most
 * {@code batch}, so memory stays bounded; on a GPU always in whole pieces, filled up with zeros, so that it chooses one
 * algorithm.
 *
 * <p>On a CPU, a piece of fewer rows than cores is computed by all cores together. Any other is divided among the cores, each
 * with a session of one thread, loaded at first use: no core waits for another after every operation, and those that ONNX
 * Runtime does on one core only are done on all (docs/performance.md has the figures).
 */
final class BatchedNetwork implements AutoCloseable {
    private final OnnxSession session;
    private final Opening opening;
    private final int cores;
    private final int batch;
    private final Map<String, long[]> inputs;
    private final Map<String, long[]> outputs;
    private final Queue<Map<String, FloatBuffer>> workspaces = new ConcurrentLinkedQueue<>();

    /** The session of one thread, null until there are many rows. */
    private OnnxSession single;

    private boolean closed;

    private BatchedNetwork(
            OnnxSession session,
            Opening opening,
            int cores,
            int batch,
            Map<String, long[]> inputs,
            Map<String, long[]> outputs) {
        this.session = session;
        this.opening = opening;
        this.cores = cores;
        this.batch = batch;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** How the network is loaded, for a number of threads of its own, or 0 for the shared pool. */
    interface Opening {
        OnnxSession open(int threads) throws OrtException;
    }

    /**
     * Loads a network.
     *
     * @param file for messages: where the network was read
     * @param inputs shapes by name, -1 standing for the batch
     * @param outputs as {@code inputs}
     * @throws InvalidModelException if its inputs and outputs are others
     * @throws OrtException if it is not a network
     */
    static BatchedNetwork open(
            String file,
            Opening opening,
            int threads,
            int batch,
            Map<String, long[]> inputs,
            Map<String, long[]> outputs)
            throws OrtException {
        OnnxSession session = opening.open(threads);
        try {
            session.check(file, inputs, outputs);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        boolean cpu = session.device().kind() == Device.Kind.CPU;
        int cores = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return new BatchedNetwork(session, opening, cpu ? cores : 1, batch, inputs, outputs);
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
        int atOnce = Math.min(batch, count);
        boolean apart = cores > 1 && atOnce >= cores;
        OnnxSession used = apart ? single() : session;
        int lanes = apart ? cores : 1;
        int size = atOnce / lanes;
        // Thrown from within, an exception of another thread would come out as a copy with another message.
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        IntStream.range(0, lanes).parallel().forEach(lane -> {
            try {
                runEvery(used, values, results, lane * size, lanes * size, size);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return results;
    }

    /** Runs pieces of {@code size} rows, one in every {@code stride}, from row {@code first} on. */
    private void runEvery(
            OnnxSession used,
            Map<String, Tensor> values,
            Map<String, Tensor> results,
            int first,
            int stride,
            int size) {
        int count = values.values().iterator().next().shape()[0];
        Map<String, FloatBuffer> workspace = workspaces.poll();
        workspace = workspace != null ? workspace : workspace();
        try {
            for (int done = first; done < count; done += stride) {
                runSome(used, workspace, values, results, done, Math.min(size, count - done));
            }
        } finally {
            workspaces.add(workspace);
        }
    }

    /** Once closed, the session that says so. */
    private synchronized OnnxSession single() {
        if (single == null && !closed) {
            try {
                single = opening.open(1);
            } catch (OrtException e) {
                throw new InferenceException(
                        "a network that was loaded once does not load again: " + e.getMessage(), e);
            }
        }
        return single == null ? session : single;
    }

    private void runSome(
            OnnxSession used,
            Map<String, FloatBuffer> workspace,
            Map<String, Tensor> values,
            Map<String, Tensor> results,
            int from,
            int count) {
        int size = used.device().kind() == Device.Kind.CPU ? count : batch;
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
        used.run(given, made);
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
    public synchronized void close() {
        closed = true;
        session.close();
        if (single != null) {
            single.close();
        }
    }
}
