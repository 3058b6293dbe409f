package dev.ganzoo.export.onnx;

import dev.ganzoo.zoo.graph.Graph;
import java.util.List;

/**
 * A user's ONNX classifier as a graph.
 *
 * @param graph one input {@value #IMAGE} (N, C, H, W) in the units of the file, one output {@value #LOGITS} (N, K); all
 *     weights are constants; nodes keep the names of the file's nodes where these are unique
 * @param leftOut what ends the file's network and not this graph, whose output are logits
 * @param inputName what the file calls its image input
 * @param outputName what the file calls the chosen output
 * @param otherOutputs the file's outputs that were not chosen
 * @param opset the version of ONNX's operators that the file asks for
 * @param producer the program that wrote the file, with its version; may be empty
 * @param notes what a user should know about how the file was read, one sentence each
 */
public record ImportedModel(
        Graph graph,
        Ending leftOut,
        String inputName,
        String outputName,
        List<String> otherOutputs,
        int opset,
        String producer,
        List<String> notes) {
    /** The name of the graph's input. */
    public static final String IMAGE = "image";

    /** The name of the graph's output. */
    public static final String LOGITS = "logits";
}
