package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.export.onnx.OnnxReadException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Weights in files beside the model. A path that leaves the model's folder, even by a symbolic link, is refused. */
final class ExternalData {
    private final Path folder;
    private final Budget budget;
    private final Set<Path> seen = new HashSet<>();

    ExternalData(Path folder, Budget budget) {
        this.folder = folder;
        this.budget = budget;
    }

    /** The {@code size} bytes of {@code tensor}. */
    ByteBuffer read(TensorProto tensor, String name, long size) {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        Path file = locate(entries.getOrDefault("location", ""), name);
        long offset = number(entries, "offset", 0, name);
        long length = number(entries, "length", size, name);
        if (length != size || size > Integer.MAX_VALUE - 64) {
            throw new OnnxReadException(
                    "external data of tensor \"%s\" must be %d bytes, got length %d".formatted(name, size, length));
        }
        try {
            long present = Files.size(file);
            if (offset > present || size > present - offset) {
                throw new OnnxReadException(
                        "external data of tensor \"%s\" must be %d bytes from %d in %s, which has %d"
                                .formatted(name, size, offset, file.getFileName(), present));
            }
            if (seen.add(file)) {
                budget.allow(present);
            }
            return read(file, offset, (int) size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer read(Path file, long offset, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
        }
        if (buffer.hasRemaining()) {
            throw new EOFException("%s became shorter while it was read".formatted(file));
        }
        return buffer.flip();
    }

    private Path locate(String location, String name) {
        try {
            Path relative = Path.of(location);
            Path file = folder.resolve(relative).normalize();
            boolean inside = !location.isEmpty()
                    && !relative.isAbsolute()
                    && file.startsWith(folder.normalize())
                    && !file.equals(folder.normalize());
            if (!inside) {
                throw outside(location, name);
            }
            if (!Files.isRegularFile(file)) {
                throw new OnnxReadException("external data of tensor \"%s\" must be in the file %s beside the model, "
                                .formatted(name, location)
                        + "there is none");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw outside(location, name);
            }
            return file;
        } catch (InvalidPathException e) {
            throw outside(location, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OnnxReadException outside(String location, String name) {
        return new OnnxReadException(
                "external data of tensor \"%s\" must lie in the model's folder, got \"%s\"".formatted(name, location));
    }

    private static long number(Map<String, String> entries, String key, long otherwise, String name) {
        String text = entries.get(key);
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says what was found.
        }
        throw new OnnxReadException(
                "the %s of external data of tensor \"%s\" must be a number ≥ 0, got \"%s\"".formatted(key, name, text));
    }
}
