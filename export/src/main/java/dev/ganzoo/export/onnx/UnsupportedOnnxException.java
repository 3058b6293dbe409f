package dev.ganzoo.export.onnx;

import java.util.List;
import java.util.stream.Collectors;

/** A valid ONNX model with nodes that are not understood: all of them, so that one attempt tells everything. */
public final class UnsupportedOnnxException extends OnnxReadException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 50;

    private final transient List<UnsupportedNode> nodes;

    /**
     * A node that is not understood.
     *
     * @param node its name in the file, or that of its first output
     * @param operation the operator, with its domain unless that is ONNX's own
     * @param opset the version of the operator set it is from
     * @param reason what about it is not understood
     */
    public record UnsupportedNode(String node, String operation, long opset, String reason) {
        /** For example {@code pool1 (MaxPool, opset 11): dilations must be 1, got [2, 2]}. */
        @Override
        public String toString() {
            return "%s (%s, opset %d): %s".formatted(node, operation, opset, reason);
        }
    }

    /** The nodes of a model that are not understood. */
    public UnsupportedOnnxException(String model, List<UnsupportedNode> nodes) {
        super("%s: %d of its nodes cannot be imported:%n%s%s"
                .formatted(
                        model,
                        nodes.size(),
                        nodes.stream()
                                .limit(SHOWN)
                                .map(node -> "  " + node)
                                .collect(Collectors.joining(System.lineSeparator())),
                        nodes.size() > SHOWN ? "%n  and %d more".formatted(nodes.size() - SHOWN) : ""));
        this.nodes = List.copyOf(nodes);
    }

    /** Every node that is not understood, in the order of the file. */
    public List<UnsupportedNode> nodes() {
        return nodes;
    }
}
