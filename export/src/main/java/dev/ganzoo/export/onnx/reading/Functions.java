package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.ganzoo.export.onnx.OnnxReadException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes out the functions that a model defines itself where they are called. */
final class Functions {
    private static final int DEEPEST = 32;

    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final long opset;
    private final List<NodeProto> nodes = new ArrayList<>();
    private int calls;

    private Functions(ModelProto model, long opset) {
        this.opset = opset;
        for (FunctionProto function : model.getFunctionsList()) {
            if (functions.put(key(function.getDomain(), function.getName()), function) != null) {
                throw new OnnxReadException(
                        "functions must have names of their own, %s is given twice".formatted(function.getName()));
            }
        }
    }

    /** The nodes of the model's graph, in order, none of which calls a function. */
    static List<NodeProto> inline(ModelProto model, long opset) {
        Functions functions = new Functions(model, opset);
        model.getGraph().getNodeList().forEach(node -> functions.add(node, 0));
        return functions.nodes;
    }

    static String key(String domain, String name) {
        return isStandard(domain) ? name : domain + "." + name;
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private void add(NodeProto node, int depth) {
        FunctionProto function = functions.get(key(node.getDomain(), node.getOpType()));
        if (function == null) {
            if (nodes.size() >= Budget.MOST_NODES) {
                throw new OnnxReadException("a model must have at most %d nodes".formatted(Budget.MOST_NODES));
            }
            nodes.add(node);
            return;
        }
        if (depth >= DEEPEST || ++calls > Budget.MOST_NODES) {
            throw new OnnxReadException(
                    "functions must not call themselves, got %s at a depth of %d".formatted(function.getName(), depth));
        }
        for (OperatorSetIdProto imported : function.getOpsetImportList()) {
            if (isStandard(imported.getDomain()) && imported.getVersion() != opset) {
                throw new OnnxReadException("function %s must be of the model's opset %d, got %d"
                        .formatted(function.getName(), opset, imported.getVersion()));
            }
        }
        Map<String, String> names = parameters(node, function);
        String place = Names.of(node) + "/";
        for (int i = 0; i < function.getNodeCount(); i++) {
            add(body(function.getNode(i), node, function, names, place, i), depth + 1);
        }
    }

    /** What the function's inputs and outputs are called around the call. */
    private static Map<String, String> parameters(NodeProto call, FunctionProto function) {
        if (call.getInputCount() > function.getInputCount() || call.getOutputCount() > function.getOutputCount()) {
            throw new OnnxReadException("node %s gives %d inputs and %d outputs to function %s, which has %d and %d"
                    .formatted(
                            Names.of(call),
                            call.getInputCount(),
                            call.getOutputCount(),
                            function.getName(),
                            function.getInputCount(),
                            function.getOutputCount()));
        }
        Map<String, String> names = new HashMap<>();
        names.put("", "");
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        for (int i = 0; i < call.getOutputCount(); i++) {
            if (!call.getOutput(i).isEmpty()) {
                names.put(function.getOutput(i), call.getOutput(i));
            }
        }
        return names;
    }

    private NodeProto body(
            NodeProto node,
            NodeProto call,
            FunctionProto function,
            Map<String, String> names,
            String place,
            int index) {
        String prefix = place + calls + "/";
        NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput().clearAttribute();
        copy.setName(place + (node.getName().isEmpty() ? node.getOpType() + "_" + index : node.getName()));
        node.getInputList().forEach(name -> copy.addInput(names.computeIfAbsent(name, inner -> prefix + inner)));
        node.getOutputList().forEach(name -> copy.addOutput(names.computeIfAbsent(name, inner -> prefix + inner)));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getType() == AttributeType.GRAPH
                    && attribute.getRefAttrName().isEmpty()) {
                throw new OnnxReadException("functions with graphs inside are not read, got %s in %s"
                        .formatted(Names.of(node), function.getName()));
            }
            AttributeProto value = attribute.getRefAttrName().isEmpty()
                    ? attribute
                    : argument(call, function, attribute.getRefAttrName());
            if (value != null) {
                copy.addAttribute(value.toBuilder().setName(attribute.getName()));
            }
        }
        return copy.build();
    }

    /** What a call gives for an attribute, or the function's default, or null. */
    private static AttributeProto argument(NodeProto call, FunctionProto function, String name) {
        for (AttributeProto given : call.getAttributeList()) {
            if (given.getName().equals(name)) {
                return given;
            }
        }
        for (AttributeProto otherwise : function.getAttributeProtoList()) {
            if (otherwise.getName().equals(name)) {
                return otherwise;
            }
        }
        return null;
    }
}
