package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Any ONNX file, run as it is on the CPU: what others are compared with. */
public final class OnnxFile implements AutoCloseable {
    private final Path file;
    private final SessionOptions options;
    private final OrtSession session;

    private OnnxFile(Path file, SessionOptions options, OrtSession session) {
        this.file = file;
        this.options = options;
        this.session = session;
    }

    /**
     * Loads a file, with weights that lie beside it if it has such.
     *
     * @throws InferenceException if ONNX Runtime does not take it
     */
    public static OnnxFile open(Path file) {
        SessionOptions options = new SessionOptions();
        try {
            options.setInterOpNumThreads(1);
            return new OnnxFile(file, options, OrtRuntime.environment().createSession(file.toString(), options));
        } catch (OrtException e) {
            options.close();
            throw new InferenceException("%s does not load in ONNX Runtime: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The shape of an input, -1 where an extent is free.
     *
     * @throws InferenceException if there is no such input
     */
    public long[] inputShape(String input) {
        try {
            NodeInfo found = session.getInputInfo().get(input);
            if (found == null || !(found.getInfo() instanceof TensorInfo tensor)) {
                throw new InferenceException("%s has no tensor input \"%s\"".formatted(file, input), null);
            }
            return tensor.getShape();
        } catch (OrtException e) {
            throw new InferenceException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * One output for one input.
     *
     * @throws InferenceException if the run fails, or the output holds no float32
     */
    public Tensor run(String input, Tensor value, String output) {
        long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
        try (OnnxTensor given =
                        OnnxTensor.createTensor(OrtRuntime.environment(), FloatBuffer.wrap(value.data()), shape);
                OrtSession.Result result = session.run(Map.of(input, given), Set.of(output))) {
            OnnxTensor made = (OnnxTensor) result.get(0);
            FloatBuffer buffer = made.getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            int[] extents = Arrays.stream(made.getInfo().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            return Tensor.of(values, extents);
        } catch (OrtException e) {
            throw new InferenceException("%s failed to run in ONNX Runtime: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new InferenceException("%s failed to close: %s".formatted(file, e.getMessage()), e);
        }
    }
}
