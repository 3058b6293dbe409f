package dev.ganzoo.zoo.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in the safetensors format whose bytes stay as they are: what {@link Safetensors} reads as float32 values is
 * here located and handed on, in whatever type.
 */
public final class PackedTensors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<byte[]> values = new ArrayList<>();
    private int size;

    /**
     * Where a tensor lies.
     *
     * @param name unique in the file
     * @param type as safetensors calls it: {@code F32}, {@code F16}, …
     * @param offset of its first byte, from the start of the file (while one is being written: of the values)
     * @param length in bytes
     * @param shape its extents
     */
    public record Entry(String name, String type, int offset, int length, int... shape) {}

    /** Adds a tensor. */
    public void add(String name, String type, byte[] bytes, int... shape) {
        if (entries.putIfAbsent(name, new Entry(name, type, size, bytes.length, shape)) != null) {
            throw new IllegalArgumentException("tensors must have names of their own, \"" + name + "\" is given twice");
        }
        values.add(bytes);
        size = Math.addExact(size, bytes.length);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The content of the file. */
    public byte[] bytes() {
        byte[] header = header();
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.addExact(Long.BYTES + header.length, size));
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.writeBytes(header);
        values.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private byte[] header() {
        ObjectNode root = JSON.createObjectNode();
        for (Entry entry : entries.values()) {
            ObjectNode node = root.putObject(entry.name());
            node.put("dtype", entry.type());
            Arrays.stream(entry.shape()).forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(entry.offset()).add(entry.offset() + entry.length());
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * Locates the tensors of a file.
     *
     * @throws IOException if it is cut short, or not of this format
     */
    public static List<Entry> entries(byte[] file) throws IOException {
        if (file.length < Long.BYTES) {
            throw new IOException("must begin with the 8 bytes of a length, got " + file.length);
        }
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header < 2 || header > file.length - Long.BYTES) {
            throw new IOException(
                    "the header must lie within %d bytes, got a length of %d".formatted(file.length, header));
        }
        int start = Math.toIntExact(Long.BYTES + header);
        JsonNode root = parse(new String(file, Long.BYTES, (int) header, StandardCharsets.UTF_8));
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals(Safetensors.METADATA)) {
                entries.add(entry(field.getKey(), field.getValue(), start, file.length));
            }
        }
        return entries;
    }

    private static JsonNode parse(String header) throws IOException {
        try {
            return JSON.readTree(header);
        } catch (JsonProcessingException e) {
            throw new IOException("the header must be JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Entry entry(String name, JsonNode node, int start, int end) throws IOException {
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || start + to > end) {
            throw new IOException("\"%s\" must lie within the file of %d bytes, got bytes %d to %d"
                    .formatted(name, end, start + from, start + to));
        }
        int[] shape = new int[node.path("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = node.path("shape").path(axis).asInt(-1);
        }
        return new Entry(name, node.path("dtype").asText(), (int) (start + from), (int) (to - from), shape);
    }
}
