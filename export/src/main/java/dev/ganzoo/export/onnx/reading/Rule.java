package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import java.util.List;
import java.util.function.Function;

/** What a node of the file gives: a value for each of its outputs that is computed. */
@FunctionalInterface
interface Rule {
    List<Value> apply(Call call);

    static Rule value(Function<Call, Value> rule) {
        return call -> List.of(rule.apply(call));
    }

    /** A rule for floats. */
    static Rule node(Function<Call, Node> rule) {
        return call -> List.of(Traced.floats(rule.apply(call)));
    }
}
