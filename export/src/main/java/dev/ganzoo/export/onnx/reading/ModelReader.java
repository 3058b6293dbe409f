package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.export.onnx.UnsupportedOnnxException;
import dev.ganzoo.zoo.graph.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one file: parses it, checks it, goes through its nodes, and takes the output as logits. */
public final class ModelReader {
    static final int OLDEST_OPSET = 7;
    static final int NEWEST_OPSET = 23;

    private final ModelFile file;
    private final ReadOptions options;
    private final GraphProto graph;
    private final List<String> notes = new ArrayList<>();

    private ModelReader(ModelFile file, ReadOptions options) {
        this.file = file;
        this.options = options;
        this.graph = file.proto().getGraph();
    }

    /** As {@link dev.ganzoo.export.onnx.OnnxReader#read}. */
    public static ImportedModel read(Path path, ReadOptions options) throws IOException {
        ModelFile file = ModelFile.open(path);
        try {
            return new ModelReader(file, options).read();
        } catch (UnsupportedOnnxException e) {
            throw e;
        } catch (OnnxReadException e) {
            throw new OnnxReadException(path.getFileName() + ": " + e.getMessage(), e);
        } catch (Unsupported e) {
            throw new OnnxReadException(path.getFileName() + ": " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ImportedModel read() {
        int opset = opset(file.proto());
        List<NodeProto> nodes = Functions.inline(file.proto(), opset);
        GraphCheck.check(graph, nodes, Set.of());
        String output = output(nodes);
        ImageInput input = ImageInput.of(graph, Names.neededFor(List.of(output), nodes), options);
        Budget budget = new Budget();
        budget.allow(file.bytes());
        TensorReader tensors = new TensorReader(new ExternalData(file.folder(), budget), budget);
        Session session = new Session(opset, budget, tensors, input, Set.of(ImportedModel.IMAGE, ImportedModel.LOGITS));
        Value value = Importer.run(session, graph, nodes, Map.of(input.name(), input.value()), output);
        if (!session.unsupported().isEmpty()) {
            throw new UnsupportedOnnxException(file.path().getFileName().toString(), session.unsupported());
        }
        noteInput(input);
        Logits logits = Logits.of(value, output, options.softmaxKept(), notes);
        return new ImportedModel(
                Graph.of(name(), ImportedModel.LOGITS, logits.node()),
                logits.leftOut(),
                input.name(),
                output,
                outputs().stream().filter(other -> !other.equals(output)).toList(),
                opset,
                producer(),
                List.copyOf(notes));
    }

    private static int opset(ModelProto model) {
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new OnnxReadException("an onnx model must have a graph with nodes");
        }
        for (OperatorSetIdProto imported : model.getOpsetImportList()) {
            if (imported.getDomain().isEmpty() || imported.getDomain().equals("ai.onnx")) {
                if (imported.getVersion() < OLDEST_OPSET || imported.getVersion() > NEWEST_OPSET) {
                    throw new OnnxReadException(
                            "the opset must be in [%d, %d], got %d; export the model again with another"
                                    .formatted(OLDEST_OPSET, NEWEST_OPSET, imported.getVersion()));
                }
                return (int) imported.getVersion();
            }
        }
        throw new OnnxReadException("an onnx model must name the opset of its operators, this one names none");
    }

    private List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /** The output chosen by the user, the only one, or the only one that is declared a list for each image. */
    private String output(List<NodeProto> nodes) {
        if (options.outputName().isPresent()) {
            String name = options.outputName().get();
            boolean exists =
                    nodes.stream().anyMatch(node -> node.getOutputList().contains(name));
            if (name.isEmpty() || !exists) {
                throw new OnnxReadException("no output \"%s\" (known: %s)".formatted(name, outputs()));
            }
            return name;
        }
        List<String> candidates = outputs();
        if (candidates.size() > 1) {
            candidates = graph.getOutputList().stream()
                    .filter(output ->
                            output.getType().getTensorType().getShape().getDimCount() == 2)
                    .filter(output -> output.getType().getTensorType().getElemType() == 1)
                    .map(ValueInfoProto::getName)
                    .toList();
        }
        if (candidates.size() != 1) {
            throw new OnnxReadException(
                    "a classifier must have one output (N, K), got %s; choose one by its name".formatted(outputs()));
        }
        return candidates.get(0);
    }

    private void noteInput(ImageInput input) {
        if (input.fixedBatch() > 0) {
            notes.add(
                    "the file is for batches of %d; it is read for batches of any size".formatted(input.fixedBatch()));
        }
        if (input.channelsLast()) {
            notes.add("input \"%s\" has its channels last; the graph's input has them first".formatted(input.name()));
        }
    }

    private String name() {
        return file.path().getFileName().toString().replaceFirst("\\.onnx$", "");
    }

    private String producer() {
        return (file.proto().getProducerName() + " " + file.proto().getProducerVersion()).strip();
    }
}
