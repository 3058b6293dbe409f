package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which names nodes give and take. In ONNX the empty name is that of an input or output left out. */
final class Names {
    private Names() {}

    /** What a message calls a node. */
    static String of(NodeProto node) {
        if (!node.getName().isEmpty()) {
            return node.getName();
        }
        return node.getOutputCount() > 0 ? node.getOutput(0) : "unnamed";
    }

    /** All names that a node takes, those that its inner graphs take from around it included. */
    static Set<String> takenBy(NodeProto node) {
        Set<String> taken = new HashSet<>(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getType() == AttributeType.GRAPH) {
                taken.addAll(takenFromOutside(attribute.getG()));
            }
        }
        taken.remove("");
        return taken;
    }

    private static Set<String> takenFromOutside(GraphProto graph) {
        Set<String> taken = new HashSet<>();
        graph.getOutputList().forEach(output -> taken.add(output.getName()));
        Set<String> own = new HashSet<>();
        graph.getInputList().forEach(input -> own.add(input.getName()));
        graph.getInitializerList().forEach(initializer -> own.add(initializer.getName()));
        for (NodeProto node : graph.getNodeList()) {
            taken.addAll(takenBy(node));
            own.addAll(node.getOutputList());
        }
        taken.removeAll(own);
        return taken;
    }

    /** The names needed to compute {@code outputs}: theirs, and those of everything before. */
    static Set<String> neededFor(List<String> outputs, List<NodeProto> ordered) {
        Set<String> needed = new HashSet<>(outputs);
        for (int i = ordered.size() - 1; i >= 0; i--) {
            NodeProto node = ordered.get(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(takenBy(node));
            }
        }
        needed.remove("");
        return needed;
    }
}
