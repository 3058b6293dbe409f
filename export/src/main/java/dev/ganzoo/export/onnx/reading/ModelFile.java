package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import dev.ganzoo.export.onnx.OnnxReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an ONNX file as protobuf messages. */
record ModelFile(Path path, ModelProto proto, long bytes) {
    /** Protobuf's own limit: it counts with ints. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 64;

    /** Graphs in graphs, types in types: no exporter goes deeper than a few. */
    private static final int DEEPEST = 50;

    static ModelFile open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new OnnxReadException("no file %s".formatted(path));
        }
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new OnnxReadException(("an onnx file must be smaller than 2 GiB, %s has %,d bytes; "
                            + "larger weights can be stored as external data")
                    .formatted(path, size));
        }
        return parse(path, Files.readAllBytes(path));
    }

    private static ModelFile parse(Path path, byte[] content) {
        try {
            MessageCount.check(content, Budget.MOST_MESSAGES);
            CodedInputStream stream = CodedInputStream.newInstance(content);
            // Weights stay where they are in the content instead of being copied.
            stream.enableAliasing(true);
            stream.setRecursionLimit(DEEPEST);
            return new ModelFile(path, ModelProto.parseFrom(stream), content.length);
        } catch (IOException e) {
            throw unreadable(path, content, e);
        }
    }

    private static OnnxReadException unreadable(Path path, byte[] content, IOException cause) {
        return new OnnxReadException(
                "%s must be an onnx model, got %,d bytes that are cut short or something else: %s"
                        .formatted(path, content.length, cause.getMessage()),
                cause);
    }

    /** The folder in which external data must lie. */
    Path folder() {
        return path.toAbsolutePath().getParent();
    }
}
