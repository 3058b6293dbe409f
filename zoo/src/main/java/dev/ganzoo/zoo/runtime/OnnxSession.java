package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ganzoo.zoo.model.InvalidModelException;
import java.nio.FloatBuffer;
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
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxSession(String name, Device device, OrtSession session) {
        this.name = name;
        this.device = device;
        this.session = session;
    }

    /** Float32 values in a direct buffer of native order, from its position on, with their shape. */
    record FloatTensor(FloatBuffer values, long... shape) {}

    /**
     * Loads a network.
     *
     * @param name of the model, for messages
     * @param device CPU or CUDA
     * @param threads 0 for the shared pool
     * @throws OrtException if the device does not work or the network is not one
     */
    static OnnxSession open(String name, byte[] model, Device device, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = OrtRuntime.options(device, threads)) {
            return new OnnxSession(name, device, OrtRuntime.environment().createSession(model, options));
        }
    }

    Device device() {
        return device;
    }

    /** Name to shape, -1 where an extent is free; only float32 tensors are understood. */
    Map<String, long[]> inputs() {
        return shapes(true);
    }

    /** As {@link #inputs}. */
    Map<String, long[]> outputs() {
        return shapes(false);
    }

    /**
     * Runs the network, and lets ONNX Runtime write its output straight into {@code output}.
     *
     * @throws IllegalStateException if this session is closed
     * @throws InferenceException if the run fails
     */
    void run(Map<String, FloatTensor> inputs, String outputName, FloatTensor output) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("model \"%s\" is closed; load it again to use it".formatted(name));
            }
            runOpen(inputs, outputName, output);
        } catch (OrtException e) {
            throw new InferenceException(
                    "model \"%s\" failed to run on %s: %s".formatted(name, device, e.getMessage()), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void runOpen(Map<String, FloatTensor> inputs, String outputName, FloatTensor output) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try (OnnxTensor pinned = tensor(output)) {
            for (var input : inputs.entrySet()) {
                tensors.put(input.getKey(), tensor(input.getValue()));
            }
            session.run(tensors, Set.of(), Map.of(outputName, pinned)).close();
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(FloatTensor tensor) throws OrtException {
        return OnnxTensor.createTensor(OrtRuntime.environment(), tensor.values(), tensor.shape());
    }

    private Map<String, long[]> shapes(boolean inputs) {
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
            }
        } catch (OrtException e) {
            throw new InferenceException("model \"%s\" failed to close: %s".formatted(name, e.getMessage()), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
