package dev.ganzoo.zoo.runtime;

import dev.ganzoo.zoo.text.Suggestions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes of an ONNX file and how they hang together, without their weights: enough to find an inner value by name and
 * to make it an output.
 *
 * @param nodes in the order of the file
 * @param outputs the names of the graph's outputs
 */
record OnnxOutline(List<Node> nodes, List<String> outputs) {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int VALUE_NAME = 1;
    private static final int MOST_NAMED = 12;

    /** What multiplies features by weights; what stands between the product and the output changes no row's features. */
    private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul", "Conv");

    /** A node by its name, which may be empty, its operator, and the values that go in and come out. */
    record Node(String name, String operator, List<String> inputs, List<String> outputs) {}

    /** @throws IllegalArgumentException if {@code onnx} is not protobuf */
    static OnnxOutline of(byte[] onnx) {
        ProtobufFields fields = new ProtobufFields(onnx);
        List<Node> nodes = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        fields.each(
                onnx.length,
                MODEL_GRAPH,
                graph -> fields.each(graph, (number, end) -> {
                    if (number == GRAPH_NODE) {
                        nodes.add(node(fields, end));
                    } else if (number == GRAPH_OUTPUT) {
                        fields.each(end, VALUE_NAME, name -> outputs.add(fields.text(name)));
                    }
                }));
        return new OnnxOutline(List.copyOf(nodes), List.copyOf(outputs));
    }

    private static Node node(ProtobufFields fields, int end) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String[] names = {"", ""};
        fields.each(end, (number, after) -> {
            switch (number) {
                case NODE_INPUT -> inputs.add(fields.text(after));
                case NODE_OUTPUT -> outputs.add(fields.text(after));
                case NODE_NAME -> names[0] = fields.text(after);
                case NODE_OPERATOR -> names[1] = fields.text(after);
                default -> {}
            }
        });
        return new Node(names[0], names[1], List.copyOf(inputs), List.copyOf(outputs));
    }

    /**
     * The value that a layer means: one of that name, or the first that a node of that name gives.
     *
     * @param file for messages
     * @throws IllegalArgumentException if there is neither, naming the nearest
     */
    String value(String layer, String file) {
        Set<String> known = new LinkedHashSet<>(outputs);
        for (Node node : nodes) {
            if (node.outputs().contains(layer)) {
                return layer;
            }
            node.outputs().stream().filter(name -> !name.isEmpty()).forEach(known::add);
        }
        for (Node node : nodes) {
            if (node.name().equals(layer) && !node.outputs().isEmpty()) {
                return node.outputs().get(0);
            }
        }
        String question = Suggestions.nearest(layer, known)
                .map("; did you mean \"%s\"?"::formatted)
                .orElse("");
        List<String> named = known.stream().limit(MOST_NAMED).toList();
        String more = known.size() > named.size() ? ", and %d inner values".formatted(known.size() - named.size()) : "";
        throw new IllegalArgumentException("unknown layer \"%s\" of %s%s (known: %s%s)"
                .formatted(layer, file, question, String.join(", ", named), more));
    }

    /** What the last product with weights before {@code output} multiplies: the penultimate features, if there is one. */
    Optional<String> penultimate(String output) {
        Map<String, Node> makers = new LinkedHashMap<>();
        nodes.stream()
                .filter(node -> !node.inputs().isEmpty())
                .forEach(node -> node.outputs().forEach(name -> makers.put(name, node)));
        String value = output;
        for (Node node = makers.get(value); node != null; node = makers.get(value)) {
            Optional<String> made =
                    node.inputs().stream().filter(makers::containsKey).findFirst();
            if (PRODUCTS.contains(node.operator())) {
                return made;
            }
            value = made.orElse("");
        }
        return Optional.empty();
    }

    /**
     * The file with more of its values as outputs. Protobuf merges a message with what follows of the same field, so that
     * a second graph of nothing but outputs, written behind the first, adds them to it; types and shapes are inferred.
     */
    byte[] withOutputs(byte[] onnx, Collection<String> values) {
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        for (String value : new LinkedHashSet<>(values)) {
            if (!outputs.contains(value)) {
                ByteArrayOutputStream output = new ByteArrayOutputStream();
                write(output, VALUE_NAME, value.getBytes(StandardCharsets.UTF_8));
                write(more, GRAPH_OUTPUT, output.toByteArray());
            }
        }
        if (more.size() == 0) {
            return onnx;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(onnx.length + more.size() + 16);
        all.writeBytes(onnx);
        write(all, MODEL_GRAPH, more.toByteArray());
        return all.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, int field, byte[] content) {
        varint(to, field << 3 | 2);
        varint(to, content.length);
        to.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream to, int value) {
        int left = value;
        while (left >= 0x80) {
            to.write(left & 0x7F | 0x80);
            left >>>= 7;
        }
        to.write(left);
    }
}
