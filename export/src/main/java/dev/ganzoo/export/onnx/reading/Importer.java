package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through the nodes of one graph in order and keeps what each name stands for. */
final class Importer implements Scope {
    private final Session session;
    private final Importer around;
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> needed;

    private Importer(Session session, Importer around, GraphProto graph, Set<String> needed) {
        this.session = session;
        this.around = around;
        this.needed = needed;
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
    }

    /**
     * What {@code output} stands for, or null if a node before it is not understood; the session then knows which.
     *
     * @param inputs what the graph's inputs stand for
     */
    static Value run(
            Session session, GraphProto graph, List<NodeProto> nodes, Map<String, Value> inputs, String output) {
        Set<String> needed = Names.neededFor(List.of(output), nodes);
        Importer importer = new Importer(session, null, graph, needed);
        importer.values.putAll(inputs);
        importer.addAll(nodes);
        return importer.failed.contains(output) ? null : importer.lookUp(output);
    }

    private void addAll(List<NodeProto> nodes) {
        for (NodeProto node : nodes) {
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                add(node);
            }
        }
    }

    private void add(NodeProto node) {
        try {
            Operator operator = OperatorTable.find(Functions.key(node.getDomain(), node.getOpType()));
            if (operator == null) {
                throw new Unsupported("no rule for this operation");
            }
            if (Names.takenBy(node).stream().anyMatch(this::hasFailed)) {
                failed.addAll(node.getOutputList());
                return;
            }
            Call call = new Call(node, this, inputsOf(node));
            List<Value> results = operator.rule().apply(call);
            if (!call.attributes().unread().isEmpty()) {
                throw new Unsupported(
                        "attributes are not understood: " + call.attributes().unread());
            }
            define(node, results);
        } catch (Unsupported e) {
            session.unsupported(node, e.getMessage());
            failed.addAll(node.getOutputList());
        } catch (OnnxReadException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new OnnxReadException("node %s: %s".formatted(session.describe(node), e.getMessage()), e);
        }
    }

    private List<Value> inputsOf(NodeProto node) {
        List<Value> inputs = new ArrayList<>();
        node.getInputList().forEach(name -> inputs.add(name.isEmpty() ? null : lookUp(name)));
        return inputs;
    }

    private boolean hasFailed(String name) {
        return failed.contains(name) || around != null && around.hasFailed(name);
    }

    private Value lookUp(String name) {
        Value value = values.get(name);
        if (value != null) {
            return value;
        }
        TensorProto initializer = initializers.get(name);
        if (initializer != null) {
            Known known = session.read(initializer, name);
            values.put(name, known);
            return known;
        }
        if (around == null) {
            throw new IllegalArgumentException("\"%s\" has no value".formatted(name));
        }
        return around.lookUp(name);
    }

    private void define(NodeProto node, List<Value> results) {
        for (int i = 0; i < node.getOutputCount(); i++) {
            String output = node.getOutput(i);
            if (!needed.contains(output)) {
                continue;
            }
            Value result = i < results.size() ? results.get(i) : null;
            if (result == null) {
                throw new Unsupported("output %d is not computed, \"%s\" is used".formatted(i, output));
            }
            String name = node.getOutputCount() > 1 || node.getName().isEmpty() ? output : node.getName();
            values.put(output, result instanceof Traced traced ? session.named(traced, name) : result);
        }
    }

    @Override
    public int opset() {
        return session.opset();
    }

    @Override
    public Budget budget() {
        return session.budget();
    }

    @Override
    public Known read(TensorProto tensor) {
        return session.read(tensor, tensor.getName());
    }

    @Override
    public boolean isNeeded(String output) {
        return needed.contains(output);
    }

    @Override
    public Node emit(Op op, Node... inputs) {
        return session.emit(op, inputs);
    }

    @Override
    public Node image() {
        return session.image();
    }

    @Override
    public int fixedBatch() {
        return session.fixedBatch();
    }

    @Override
    public long entriesOutside(Node node) {
        return session.layout().entriesOutside(node);
    }

    @Override
    public List<Value> run(GraphProto inner) {
        List<NodeProto> nodes = inner.getNodeList();
        Set<String> outside = new HashSet<>();
        for (Importer scope = this; scope != null; scope = scope.around) {
            outside.addAll(scope.values.keySet());
            outside.addAll(scope.initializers.keySet());
        }
        GraphCheck.check(inner, nodes, outside);
        List<String> outputs =
                inner.getOutputList().stream().map(ValueInfoProto::getName).toList();
        Importer importer = new Importer(session, this, inner, Names.neededFor(outputs, nodes));
        importer.addAll(nodes);
        if (outputs.stream().anyMatch(importer::hasFailed)) {
            throw new Unsupported("nodes in its branch are not understood");
        }
        return outputs.stream().map(importer::lookUp).toList();
    }
}
