package dev.ganzoo.zoo.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one safetensors file; nothing the header claims is believed, or memory taken for it, before it is checked. */
final class SafetensorsReader {
    /** The bound that the format sets. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    /** What a Java array holds. */
    private static final long MAX_VALUES = Integer.MAX_VALUE - 8;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final FileChannel channel;

    private SafetensorsReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    private record Entry(String name, ElementType type, int[] shape, long begin, long end) {}

    static Safetensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new SafetensorsReader(file, channel).read();
        }
    }

    private Safetensors read() throws IOException {
        long size = channel.size();
        if (size < Safetensors.LENGTH_BYTES) {
            throw bad("a safetensors file starts with 8 bytes of header length, but the file has " + size + " bytes");
        }
        long headerBytes = fill(buffer(Safetensors.LENGTH_BYTES), 0).getLong();
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
            throw bad("the header of a safetensors file must have 2 to %d bytes, found %s"
                    .formatted(MAX_HEADER_BYTES, Long.toUnsignedString(headerBytes)));
        }
        long start = Safetensors.LENGTH_BYTES + headerBytes;
        if (start > size) {
            throw bad("expected a header of %d bytes after the first 8, found %d: the file is cut short"
                    .formatted(headerBytes, size - Safetensors.LENGTH_BYTES));
        }
        JsonNode header =
                parse(fill(buffer((int) headerBytes), Safetensors.LENGTH_BYTES).array());
        List<Entry> entries = entries(header);
        checkLayout(entries, size - start);
        return new Safetensors(tensors(entries, start), metadata(header));
    }

    private JsonNode parse(byte[] json) throws IOException {
        JsonNode header;
        try {
            header = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw bad("the header must be JSON: " + e.getOriginalMessage());
        }
        if (!header.isObject()) {
            throw bad("the header must be a JSON object, found " + header.getNodeType());
        }
        return header;
    }

    private Map<String, String> metadata(JsonNode header) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field :
                header.path(Safetensors.METADATA).properties()) {
            if (!field.getValue().isTextual()) {
                throw bad("metadata \"%s\" must be a string, found %s".formatted(field.getKey(), field.getValue()));
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private List<Entry> entries(JsonNode header) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals(Safetensors.METADATA)) {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        return entries;
    }

    private Entry entry(String name, JsonNode node) throws IOException {
        ElementType type = type(name, node.path("dtype").asText());
        int[] shape = shape(name, node.path("shape"));
        JsonNode offsets = node.path("data_offsets");
        if (offsets.size() != 2
                || !offsets.path(0).canConvertToLong()
                || !offsets.path(1).canConvertToLong()) {
            throw bad("tensor \"%s\" must have two data_offsets, found %s".formatted(name, offsets));
        }
        Entry entry = new Entry(
                name, type, shape, offsets.path(0).longValue(), offsets.path(1).longValue());
        long expected = Tensor.count(shape) * type.bytes();
        // No subtraction of the offsets: it could overflow.
        if (entry.begin < 0 || entry.end < entry.begin || entry.end != entry.begin + expected) {
            throw bad("tensor \"%s\" of shape %s and type %s must take %d bytes, found data_offsets %s"
                    .formatted(name, node.path("shape"), type, expected, offsets));
        }
        return entry;
    }

    private ElementType type(String name, String dtype) throws IOException {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw bad("tensor \"%s\" has type \"%s\", which cannot be read as float32 (can: %s)"
                .formatted(name, dtype, List.of(ElementType.values())));
    }

    private int[] shape(String name, JsonNode node) throws IOException {
        boolean valid = node.isArray();
        int[] shape = new int[node.size()];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            JsonNode extent = node.get(i);
            valid &= extent.isIntegralNumber() && extent.canConvertToInt() && extent.intValue() >= 0;
            shape[i] = extent.intValue();
            valid = valid && (count *= shape[i]) <= MAX_VALUES;
        }
        if (!valid) {
            throw bad("tensor \"%s\" must have a shape of non-negative integers with fewer than 2^31 values, found %s"
                    .formatted(name, node));
        }
        return shape;
    }

    /** The values must fill the rest of the file exactly: no overlap, no hole, nothing missing, nothing beyond. */
    private void checkLayout(List<Entry> entries, long available) throws IOException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : sorted) {
            if (entry.begin != expected) {
                throw bad("tensor \"%s\" must start where the one before ends, at %d, found %d: values %s"
                        .formatted(
                                entry.name, expected, entry.begin, entry.begin < expected ? "overlap" : "are missing"));
            }
            expected = entry.end;
        }
        if (expected != available) {
            throw bad("expected %d bytes of values after the header, found %d: the file is %s"
                    .formatted(expected, available, available < expected ? "cut short" : "longer than its tensors"));
        }
    }

    private Map<String, Tensor> tensors(List<Entry> entries, long start) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Safetensors.BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            float[] values = new float[(int) Tensor.count(entry.shape)];
            int step = buffer.capacity() / entry.type.bytes();
            for (int from = 0; from < values.length; from += step) {
                int count = Math.min(step, values.length - from);
                buffer.clear().limit(count * entry.type.bytes());
                fill(buffer, start + entry.begin + (long) from * entry.type.bytes());
                convert(entry, buffer, values, from, count);
            }
            tensors.put(entry.name, new Tensor(entry.shape, values));
        }
        return tensors;
    }

    private void convert(Entry entry, ByteBuffer buffer, float[] values, int from, int count) throws IOException {
        try {
            entry.type.read(buffer, values, from, count);
        } catch (ArithmeticException e) {
            throw bad("tensor \"" + entry.name + "\" cannot be read as float32: " + e.getMessage());
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer fill(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + buffer.position());
            if (read < 0) {
                throw bad("expected %d more bytes, found the end: the file was cut short while it was read"
                        .formatted(buffer.remaining()));
            }
        }
        return buffer.flip();
    }

    private IOException bad(String message) {
        return new IOException(file + ": " + message);
    }
}
