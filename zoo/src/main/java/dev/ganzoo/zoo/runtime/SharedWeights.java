package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.tensor.PackedTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights that several networks of a package have in common, in {@value ModelPackage#WEIGHTS}: in memory once, however
 * many networks are loaded.
 */
final class SharedWeights {
    /** No weights outside the networks. */
    static final SharedWeights NONE = new SharedWeights(Map.of());

    private final Map<String, OnnxTensorLike> tensors;

    private SharedWeights(Map<String, OnnxTensorLike> tensors) {
        this.tensors = tensors;
    }

    /** The shared weights of a package, none if it has none. */
    static SharedWeights of(ModelPackage model) throws OrtException {
        if (!model.card().files().containsKey(ModelPackage.WEIGHTS)) {
            return NONE;
        }
        byte[] content = model.read(ModelPackage.WEIGHTS);
        ByteBuffer all = ByteBuffer.allocateDirect(content.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put(content).flip();
        Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
        for (PackedTensors.Entry entry : entries(model, content)) {
            ByteBuffer values = all.slice(entry.offset(), entry.length()).order(ByteOrder.nativeOrder());
            long[] shape = Arrays.stream(entry.shape()).asLongStream().toArray();
            tensors.put(
                    entry.name(),
                    OnnxTensor.createTensor(OrtRuntime.environment(), values, shape, type(model, entry.type())));
        }
        return new SharedWeights(tensors);
    }

    private static Iterable<PackedTensors.Entry> entries(ModelPackage model, byte[] content) {
        try {
            return PackedTensors.entries(content);
        } catch (IOException e) {
            throw new InvalidModelException(
                    "%s: %s: %s".formatted(model.location(), ModelPackage.WEIGHTS, e.getMessage()), e);
        }
    }

    private static OnnxJavaType type(ModelPackage model, String type) {
        return switch (type) {
            case "F32" -> OnnxJavaType.FLOAT;
            case "F16" -> OnnxJavaType.FLOAT16;
            case "I64" -> OnnxJavaType.INT64;
            default ->
                throw new InvalidModelException("%s: %s must hold F32, F16 and I64, got %s"
                        .formatted(model.location(), ModelPackage.WEIGHTS, type));
        };
    }

    /** Hands those of the weights that {@code network} has to its session: ONNX Runtime refuses what a network lacks. */
    void addTo(SessionOptions options, byte[] network) throws OrtException {
        if (tensors.isEmpty()) {
            return;
        }
        Map<String, OnnxTensorLike> used = new LinkedHashMap<>(tensors);
        try {
            used.keySet().retainAll(Initializers.names(network));
        } catch (IllegalArgumentException e) {
            throw (OrtException) new OrtException(e.getMessage()).initCause(e);
        }
        if (!used.isEmpty()) {
            options.addExternalInitializers(used);
        }
    }
}
