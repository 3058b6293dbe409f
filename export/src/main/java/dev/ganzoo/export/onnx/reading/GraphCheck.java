package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.export.onnx.OnnxReadException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every name is given once and before it is taken: then there are no cycles either. */
final class GraphCheck {
    private GraphCheck() {}

    /**
     * Checks one graph.
     *
     * @param nodes the graph's, or what became of them
     * @param outside names from around the graph
     */
    static void check(GraphProto graph, List<NodeProto> nodes, Set<String> outside) {
        Set<String> given = new HashSet<>();
        for (ValueInfoProto input : graph.getInputList()) {
            once(given, input.getName(), "inputs");
        }
        Set<String> initializers = new HashSet<>();
        for (TensorProto initializer : graph.getInitializerList()) {
            once(initializers, initializer.getName(), "initialisers");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw new OnnxReadException("sparse initialisers are not read, got " + graph.getSparseInitializerCount());
        }
        // Old files list initialisers among the inputs too.
        given.addAll(initializers);
        Map<String, String> makers = makers(nodes);
        for (NodeProto node : nodes) {
            for (String name : Names.takenBy(node)) {
                if (!given.contains(name) && !outside.contains(name)) {
                    throw missing(node, name, makers.get(name));
                }
            }
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    once(given, output, "values");
                }
            }
        }
        for (ValueInfoProto output : graph.getOutputList()) {
            if (!given.contains(output.getName()) && !outside.contains(output.getName())) {
                throw new OnnxReadException("every output must be computed, \"%s\" is not".formatted(output.getName()));
            }
        }
    }

    private static void once(Set<String> given, String name, String what) {
        if (name.isEmpty()) {
            throw new OnnxReadException("%s must have names, one has none".formatted(what));
        }
        if (!given.add(name)) {
            throw new OnnxReadException("%s must have names of their own, \"%s\" is given twice".formatted(what, name));
        }
    }

    private static Map<String, String> makers(List<NodeProto> nodes) {
        Map<String, String> makers = new HashMap<>();
        nodes.forEach(node -> node.getOutputList().forEach(output -> makers.put(output, Names.of(node))));
        return makers;
    }

    private static OnnxReadException missing(NodeProto node, String name, String maker) {
        String place = "node %s (%s) takes \"%s\"".formatted(Names.of(node), node.getOpType(), name);
        return new OnnxReadException(
                maker == null
                        ? place + ", which nothing gives"
                        : place
                                + ", which node %s gives only later: nodes must be in order, without cycles"
                                        .formatted(maker));
    }
}
