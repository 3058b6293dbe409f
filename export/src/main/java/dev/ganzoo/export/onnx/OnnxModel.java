package dev.ganzoo.export.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.graph.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A graph in evaluation mode as an ONNX model of opset {@value #OPSET} with a batch axis named {@code N}.
 *
 * <pre>{@code
 * OnnxModel.of(folded).weights(WeightPrecision.FP16).metadata("recipe", "sngan-proj").write(path);
 * }</pre>
 *
 * <p>Nodes and values are named as {@link Graph#nameOf} names them, outputs by their own names. The same graph with the
 * same constants always gives the same bytes. Immutable: every option gives a new model.
 */
public final class OnnxModel {
    /** The version of ONNX's operators; later ones lose operators on some devices. */
    public static final int OPSET = 17;

    private static final int IR_VERSION = 8;
    private static final String PRODUCER = "ganzoo";

    private final Graph graph;
    private final WeightPrecision weights;
    private final Map<String, String> metadata;

    private OnnxModel(Graph graph, WeightPrecision weights, Map<String, String> metadata) {
        this.graph = graph;
        this.weights = weights;
        this.metadata = metadata;
    }

    /**
     * Several networks with their large constants in one file.
     *
     * @param models by the names of their files
     * @param shared takes the constants; none may be in it yet
     * @return the contents of the files
     */
    public static Map<String, byte[]> bytes(Map<String, OnnxModel> models, SharedConstants shared) {
        Map<String, ModelProto> protos = new LinkedHashMap<>();
        models.forEach((file, model) -> protos.put(file, model.proto(shared)));
        Map<String, byte[]> files = new LinkedHashMap<>();
        protos.forEach((file, proto) -> files.put(
                file,
                proto.toBuilder()
                        .setGraph(shared.locate(proto.getGraph()))
                        .build()
                        .toByteArray()));
        return files;
    }

    /** The model of a graph whose parameters and buffers are bound to constants and whose spectral norms are folded. */
    public static OnnxModel of(Graph graph) {
        return new OnnxModel(graph, WeightPrecision.FP32, Map.of());
    }

    /** How large constants are stored; {@link WeightPrecision#FP32} if not said. */
    public OnnxModel weights(WeightPrecision precision) {
        return new OnnxModel(graph, Objects.requireNonNull(precision, "precision"), metadata);
    }

    /** Adds one line of metadata, replacing an earlier one of the same key. */
    public OnnxModel metadata(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, Objects.requireNonNull(value, key));
        return new OnnxModel(graph, weights, Collections.unmodifiableMap(more));
    }

    /**
     * The content of the file.
     *
     * @throws IllegalArgumentException if a parameter, a buffer or a spectral norm is left in the graph; the message names
     *     the node
     */
    public byte[] bytes() {
        return proto(null).toByteArray();
    }

    /** Writes the file whole or not at all, replacing what was there. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, bytes());
    }

    private ModelProto proto(SharedConstants shared) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(OnnxRules.write(graph, weights, shared));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    @Override
    public String toString() {
        return "onnx model of " + graph;
    }
}
