package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.List;

/** What a rule may ask of the import around it. */
interface Scope {
    int opset();

    Budget budget();

    Known read(TensorProto tensor);

    boolean isNeeded(String output);

    Node emit(Op op, Node... inputs);

    /** The image input: a node with the batch. */
    Node image();

    /** The batch size that the file fixes and that is read as N; 0 if it leaves it open. */
    int fixedBatch();

    /** How many entries of a value lie outside of the batch. */
    long entriesOutside(Node node);

    /** The outputs of a graph inside a node, which sees the names around it. */
    List<Value> run(GraphProto inner);
}
