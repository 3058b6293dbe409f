package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One network in ONNX Runtime, on one device. Runs go on side by side; closing waits for those in flight, because ONNX
 * Runtime may crash the process when a session is closed under a run.
 */
final class OnnxSession implements AutoCloseable {
    private final String name;
    private final Device device;
    private final OrtSession session;

    /** Held because the session reads the weights where they lie. */
    private final SharedWeights weights;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxSession(String name, Device device, OrtSession session, SharedWeights weights) {
        this.name = name;
        this.device = device;
        this.session = session;
        this.weights = weights;
    }

    /** Float32 values in a direct buffer of native order, from its position on, with their shape. */
    record FloatTensor(FloatBuffer values, long... shape) {
        /** Room for {@code rows·values} numbers that ONNX Runtime reads and writes without copying. */
        static FloatBuffer direct(int rows, int values) {
            int bytes = Math.multiplyExact(Float.BYTES, Math.multiplyExact(rows, values));
            return ByteBuffer.allocateDirect(bytes)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }

    /**
     * Loads a network.
     *
     * @param name of the model, for messages
     * @param device CPU or CUDA
     * @param threads 0 for the shared pool
     * @throws OrtException if the device does not work or the network is not one
     */
    static OnnxSession open(String name, byte[] model, Device device, int threads) throws OrtException {
        return open(name, model, SharedWeights.NONE, device, threads);
    }

    /** As {@link #open(String, byte[], Device, int)}, with weights that lie outside the network's file. */
    static OnnxSession open(String name, byte[] model, SharedWeights weights, Device device, int threads)
            throws OrtException {
        try (OrtSession.SessionOptions options = OrtRuntime.options(device, threads)) {
            return open(name, model, weights, device, options);
        }
    }

    /** As {@link #open(String, byte[], Device, int)}, a file of the user's own, whose weights may lie in {@code folder}. */
    static OnnxSession open(String name, byte[] model, Path folder, Device device, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = OrtRuntime.options(device, threads)) {
            options.addConfigEntry(OrtRuntime.EXTERNAL_WEIGHTS, folder.toString());
            return open(name, model, SharedWeights.NONE, device, options);
        }
    }

    private static OnnxSession open(
            String name, byte[] model, SharedWeights weights, Device device, OrtSession.SessionOptions options)
            throws OrtException {
        weights.addTo(options, model);
        OrtSession session = OrtRuntime.environment().createSession(model, options);
        return new OnnxSession(name, device, session, weights);
    }

    Device device() {
        return device;
    }

    /**
     * Runs the network, and lets ONNX Runtime write its outputs straight into {@code outputs}.
     *
     * @throws IllegalStateException if this session is closed
     * @throws InferenceException if the run fails
     */
    void run(Map<String, FloatTensor> inputs, Map<String, FloatTensor> outputs) {
        whileOpen(() -> {
            runOpen(inputs, outputs);
            return null;
        });
    }

    /**
     * Runs the network with one input, and takes outputs of whatever shape.
     *
     * @throws IllegalStateException if this session is closed
     * @throws InferenceException if the run fails, or an output holds no float32
     */
    Map<String, Tensor> run(String input, FloatTensor value, Set<String> outputs) {
        return whileOpen(() -> {
            Map<String, Tensor> made = new LinkedHashMap<>();
            try (OnnxTensor given = tensor(value);
                    OrtSession.Result result = session.run(Map.of(input, given), outputs)) {
                for (var output : result) {
                    made.put(output.getKey(), floats(output.getKey(), output.getValue()));
                }
            }
            return made;
        });
    }

    private Tensor floats(String output, OnnxValue value) {
        FloatBuffer buffer = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (buffer == null) {
            throw new InferenceException(
                    "model \"%s\": output \"%s\" must hold float32, got %s".formatted(name, output, value.getType()),
                    null);
        }
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        long[] shape = ((OnnxTensor) value).getInfo().getShape();
        return Tensor.of(values, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    }

    private interface Work<T> {
        T get() throws OrtException;
    }

    private <T> T whileOpen(Work<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("model \"%s\" is closed; load it again to use it".formatted(name));
            }
            return work.get();
        } catch (OrtException e) {
            throw new InferenceException(
                    "model \"%s\" failed to run on %s: %s".formatted(name, device, e.getMessage()), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void runOpen(Map<String, FloatTensor> inputs, Map<String, FloatTensor> outputs) throws OrtException {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
        try {
            for (var input : inputs.entrySet()) {
                given.put(input.getKey(), tensor(input.getValue()));
            }
            for (var output : outputs.entrySet()) {
                pinned.put(output.getKey(), tensor(output.getValue()));
            }
            session.run(given, Set.of(), pinned).close();
        } finally {
            given.values().forEach(OnnxTensor::close);
            pinned.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * Compares inputs and outputs with what they should be; -1 stands for N.
     *
     * @param file for messages: where the network was read
     * @throws InvalidModelException if they are others
     */
    void check(String file, Map<String, long[]> expectedInputs, Map<String, long[]> expectedOutputs) {
        checkShapes(file, "inputs", expectedInputs, shapes(true));
        checkShapes(file, "outputs", expectedOutputs, shapes(false));
    }

    private static void checkShapes(String file, String what, Map<String, long[]> expected, Map<String, long[]> found) {
        boolean same = expected.keySet().equals(found.keySet())
                && expected.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), found.get(e.getKey())));
        if (!same) {
            throw new InvalidModelException("%s must have %s %s as its card says, got %s"
                    .formatted(file, what, describe(expected), describe(found)));
        }
    }

    private static String describe(Map<String, long[]> shapes) {
        StringBuilder text = new StringBuilder();
        shapes.forEach((name, shape) -> text.append(text.isEmpty() ? "" : ", ")
                .append(name)
                .append(Arrays.toString(shape).replace("[-1", "[N")));
        return text.toString();
    }

    private static OnnxTensor tensor(FloatTensor tensor) throws OrtException {
        return OnnxTensor.createTensor(OrtRuntime.environment(), tensor.values(), tensor.shape());
    }

    /** Name to shape, -1 where an extent is free; only float32 tensors are understood. */
    Map<String, long[]> shapes(boolean inputs) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try {
            for (NodeInfo node : (inputs ? session.getInputInfo() : session.getOutputInfo()).values()) {
                if (!(node.getInfo() instanceof TensorInfo info)
                        || info.onnxType != TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
                    throw new InvalidModelException("model \"%s\": %s \"%s\" must be a float32 tensor, got %s"
                            .formatted(name, inputs ? "input" : "output", node.getName(), node.getInfo()));
                }
                shapes.put(node.getName(), info.getShape());
            }
        } catch (OrtException e) {
            throw new InvalidModelException("model \"%s\": %s".formatted(name, e.getMessage()), e);
        }
        return shapes;
    }

    /** Waits for runs in flight, then frees the network. A second call does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                Reference.reachabilityFence(weights);
            }
        } catch (OrtException e) {
            throw new InferenceException("model \"%s\" failed to close: %s".formatted(name, e.getMessage()), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
