package dev.ganzoo.export.onnx.reading;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** What ONNX Runtime makes of a file, and of the graph read from it and written again. */
final class ImportParity {
    private ImportParity() {}

    /**
     * The largest difference between both for a batch of 3 random images, relative to the largest value. A file for a
     * fixed batch is run on its batch with the images repeated.
     */
    static double error(Path file, ImportedModel model, int fixedBatch) throws Exception {
        Shape shape = model.graph().inputs().get(0).shape();
        Tensor images = Init.normal(0, 1).sample(shape.at(3), Randomness.of(1).at(0));
        byte[] written = OnnxModel.of(model.graph()).bytes();
        try (OrtSession.SessionOptions options = options();
                OrtSession original = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
                OrtSession imported = OrtEnvironment.getEnvironment().createSession(written, options)) {
            float[] actual = run(imported, ImportedModel.IMAGE, ImportedModel.LOGITS, images);
            float[] expected = fixedBatch == 0
                    ? run(original, model.inputName(), model.outputName(), images)
                    : oneByOne(original, model, images);
            return difference(actual, expected);
        }
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        return options;
    }

    private static float[] oneByOne(OrtSession original, ImportedModel model, Tensor images) throws OrtException {
        int each = images.size() / 3;
        float[] all = new float[0];
        for (int i = 0; i < 3; i++) {
            int[] shape = images.shape().clone();
            shape[0] = 1;
            Tensor image = Tensor.of(Arrays.copyOfRange(images.data(), i * each, (i + 1) * each), shape);
            float[] one = run(original, model.inputName(), model.outputName(), image);
            all = Arrays.copyOf(all, all.length + one.length);
            System.arraycopy(one, 0, all, all.length - one.length, one.length);
        }
        return all;
    }

    private static float[] run(OrtSession session, String input, String output, Tensor value) throws OrtException {
        long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(value.data()), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
            float[] data = new float[buffer.remaining()];
            buffer.get(data);
            return data;
        }
    }

    private static double difference(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double own = Math.abs(actual[i] - expected[i]);
            difference = own <= difference ? difference : own;
        }
        return difference / largest;
    }
}
