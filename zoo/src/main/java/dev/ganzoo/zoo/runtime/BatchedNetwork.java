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
 * A network whose inputs and outputs all have a row for each sample. Any number of rows is computed in pieces, so memory stays
 * bounded: at most {@code batch} rows at once.
 *
 * <p>On the CPU full pieces are followed by powers of two: few sizes keep ONNX Runtime's arena small, which never shrinks. On a
 * GPU all pieces have {@code batch} rows, filled up with zeros: of one size, it chooses one algorithm, so that a result does
 * not depend on what is computed with it.
 */
final class BatchedNetwork implements AutoCloseable {
    private final OnnxSession session;
    private final Opening opening;
    private final int cores;
    private final int batch;
    private final Signature signature;
    private final Queue<Map<String, FloatBuffer>> workspaces = new ConcurrentLinkedQueue<>();

    /** The session of one thread, null until it is needed. */
    private OnnxSession single;

    private boolean closed;

    private BatchedNetwork(OnnxSession session, Opening opening, int cores, int batch, Signature signature) {
        this.session = session;
        this.opening = opening;
        this.cores = session.device().kind() == Device.Kind.CPU ? cores : 1;
        this.batch = batch;
        this.signature = signature;
    }

    /** What a network takes and gives: shapes by name, the first extent, -1, being that of the batch. */
    record Signature(Map<String, long[]> inputs, Map<String, long[]> outputs) {}

    /** How a network is read and loaded, for a number of threads of its own, or 0 for the shared pool. */
    interface Opening {
        OnnxSession open(int threads) throws OrtException;
    }

    /**
     * Loads a network whose operations are each computed by all cores: the better way for long operations.
     *
     * @param file for messages: where the network was read
     * @throws InvalidModelException if its inputs and outputs are others
     * @throws OrtException if it is not a network
     */
    static BatchedNetwork together(String file, Opening opening, int threads, int batch, Signature signature)
            throws OrtException {
        return open(file, opening, threads, 1, batch, signature);
    }

    /**
     * As {@link #together}, but where there are as many rows as cores, each core computes rows of its own, with a session of one
     * thread, loaded at first use: the better way for many short operations. No core waits for another after every one of
     * them, and those that ONNX Runtime does on one core only are done on all (docs/performance.md has the figures).
     */
    static BatchedNetwork apart(String file, Opening opening, int threads, int batch, Signature signature)
            throws OrtException {
        int cores = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return open(file, opening, threads, cores, batch, signature);
    }

    private static BatchedNetwork open(
            String file, Opening opening, int threads, int cores, int batch, Signature signature) throws OrtException {
        OnnxSession session = opening.open(threads);
        try {
            session.check(file, signature.inputs(), signature.outputs());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        return new BatchedNetwork(session, opening, cores, batch, signature);
    }

    Device device() {
        return session.device();
    }

    /** The outputs for inputs that all have as many rows. */
    Map<String, Tensor> run(Map<String, Tensor> values) {
        int count = values.values().iterator().next().shape()[0];
        values.forEach((name, value) -> check(name, value, count));
        Map<String, Tensor> results = new LinkedHashMap<>();
        signature.outputs().forEach((name, shape) -> results.put(name, Tensor.zeros(rows(shape, count))));
        int lanes = Math.min(batch, count) >= cores ? cores : 1;
        OnnxSession used = lanes > 1 ? single() : session;
        Queue<Piece> pieces = pieces(count, lanes);
        // Thrown from within, an exception of another thread would come out as a copy with another message.
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        IntStream.range(0, lanes).parallel().forEach(lane -> {
            try {
                runEach(pieces, used, values, results);
            } catch (RuntimeException e) {
                pieces.clear();
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return results;
    }

    /** Some of the rows. */
    private record Piece(int from, int count) {}

    private Queue<Piece> pieces(int count, int lanes) {
        int most = lanes == 1 ? batch : Integer.highestOneBit(Math.min(batch, count) / lanes);
        Queue<Piece> pieces = new ConcurrentLinkedQueue<>();
        for (int done = 0; done < count; ) {
            int left = count - done;
            int size = Math.min(most, device().kind() == Device.Kind.CPU ? Integer.highestOneBit(left) : left);
            pieces.add(new Piece(done, size));
            done += size;
        }
        return pieces;
    }

    private void runEach(
            Queue<Piece> pieces, OnnxSession used, Map<String, Tensor> values, Map<String, Tensor> results) {
        Map<String, FloatBuffer> workspace = workspaces.poll();
        workspace = workspace != null ? workspace : workspace();
        try {
            for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
                runSome(piece, used, workspace, values, results);
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
            Piece piece,
            OnnxSession used,
            Map<String, FloatBuffer> workspace,
            Map<String, Tensor> values,
            Map<String, Tensor> results) {
        int from = piece.from();
        int count = piece.count();
        int size = used.device().kind() == Device.Kind.CPU ? count : batch;
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        Map<String, FloatTensor> made = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            int width = width(signature.inputs().get(name));
            FloatBuffer buffer = workspace.get(name).clear().limit(size * width);
            buffer.put(value.data(), from * width, count * width);
            while (buffer.hasRemaining()) {
                buffer.put(0);
            }
            given.put(
                    name,
                    new FloatTensor(
                            buffer.flip().slice(), longs(rows(signature.inputs().get(name), size))));
        });
        signature.outputs().forEach((name, shape) -> {
            FloatBuffer buffer = workspace.get(name).clear().limit(size * width(shape));
            made.put(name, new FloatTensor(buffer.slice(), longs(rows(shape, size))));
        });
        used.run(given, made);
        results.forEach((name, result) -> {
            int width = width(signature.outputs().get(name));
            workspace.get(name).get(0, result.data(), from * width, count * width);
        });
    }

    private Map<String, FloatBuffer> workspace() {
        Map<String, FloatBuffer> workspace = new LinkedHashMap<>();
        signature.inputs().forEach((name, shape) -> workspace.put(name, FloatTensor.direct(batch, width(shape))));
        signature.outputs().forEach((name, shape) -> workspace.put(name, FloatTensor.direct(batch, width(shape))));
        return workspace;
    }

    private void check(String name, Tensor value, int count) {
        int[] expected = rows(signature.inputs().get(name), count);
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
