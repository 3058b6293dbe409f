package dev.ganzoo.export.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.zoo.tensor.PackedTensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The constants that several networks have in common, as one safetensors file to which the networks point as ONNX's
 * external data. Networks are written with it one after the other, and pointed to their places by {@link #locate} when all
 * are there.
 */
public final class SharedConstants {
    /** What is smaller stays in each network. */
    static final int LEAST_SIZE = 256;

    private final String file;
    private final PackedTensors tensors = new PackedTensors();
    private final Map<Tensor, String> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** To be written as {@code file}, beside the networks. */
    public SharedConstants(String file) {
        this.file = file;
    }

    /** The content of the file. */
    public byte[] bytes() {
        return tensors.bytes();
    }

    /** The name under which {@code value} is kept; the same for the same tensor in every network. */
    String add(String suggested, Tensor value, WeightPrecision precision) {
        return names.computeIfAbsent(value, tensor -> {
            String name = "shared." + suggested;
            for (int copy = 2; !taken.add(name); copy++) {
                name = "shared." + suggested + "." + copy;
            }
            boolean half = precision == WeightPrecision.FP16 && Half.canHold(value.data());
            byte[] bytes = (half ? Half.bytes(value.data()) : RawData.floats(value.data())).toByteArray();
            tensors.add(name, half ? "F16" : "F32", bytes, value.shape());
            return name;
        });
    }

    /** {@code graph} with the places of its external constants. */
    GraphProto locate(GraphProto graph) {
        Map<String, PackedTensors.Entry> places = new HashMap<>();
        try {
            PackedTensors.entries(tensors.bytes()).forEach(entry -> places.put(entry.name(), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GraphProto.Builder located = graph.toBuilder();
        for (TensorProto.Builder constant : located.getInitializerBuilderList()) {
            PackedTensors.Entry place = places.get(constant.getName());
            if (constant.getDataLocation() == TensorProto.DataLocation.EXTERNAL && place != null) {
                constant.addExternalData(entry("location", file));
                constant.addExternalData(entry("offset", Integer.toString(place.offset())));
                constant.addExternalData(entry("length", Integer.toString(place.length())));
            }
        }
        return located.build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
