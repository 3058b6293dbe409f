package dev.ganzoo.zoo.tensor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors and a few strings about them, as one file in Hugging Face's
 * <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: eight bytes with the length of a JSON header,
 * the header, then the values of all tensors, little-endian, one after the other.
 *
 * <p>Files are written as F32. Read are F32, F16, BF16, F64 (rounded to the nearest), and I64, I32 and U8 whose values
 * have an exact float32. The same content always gives the same bytes.
 *
 * <p>Immutable, apart from the arrays inside the tensors.
 *
 * @param tensors by name, in the order of the file
 * @param metadata free strings, in the order of the file; empty if there are none
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = Long.BYTES;
    static final int BUFFER_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if a tensor has the one name that the format keeps for itself */
    public Safetensors {
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException(
                    "a tensor must not be named " + METADATA + ", which safetensors reserves");
        }
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Tensors without metadata. */
    public static Safetensors of(Map<String, Tensor> tensors) {
        return new Safetensors(tensors, Map.of());
    }

    /**
     * Reads a whole file.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if the file is cut short, altered or not safetensors; the message names the file, what was
     *     expected and what was found
     */
    public static Safetensors read(Path file) throws IOException {
        return SafetensorsReader.read(file);
    }

    /**
     * The tensor of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "no tensor \"" + name + "\" (there are: " + String.join(", ", tensors.keySet()) + ")");
        }
        return tensor;
    }

    /** Writes the file whole or not at all, replacing what was there; parent folders are created. */
    public void write(Path file) throws IOException {
        byte[] header = header();
        AtomicFiles.write(file, channel -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            AtomicFiles.writeFully(channel, buffer.putLong(header.length).flip());
            AtomicFiles.writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                writeValues(channel, buffer, tensor.data());
            }
        });
    }

    private static void writeValues(FileChannel channel, ByteBuffer buffer, float[] values) throws IOException {
        int step = BUFFER_BYTES / Float.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            AtomicFiles.writeFully(channel, buffer.limit(count * Float.BYTES));
        }
    }

    private byte[] header() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = root.putObject(METADATA);
            metadata.forEach(strings::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) entry.getValue().size() * Float.BYTES;
            ObjectNode node = root.putObject(entry.getKey());
            node.put("dtype", ElementType.F32.name());
            Arrays.stream(entry.getValue().shape()).forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(root);
        // Spaces up to a multiple of eight, so that the values are aligned for readers that map the file.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
