package dev.ganzoo.export.onnx;

import dev.ganzoo.export.onnx.reading.ModelReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a user's ONNX classifier as a graph; {@code docs/onnx-import.md} lists operations and limits.
 *
 * <p>The file is not trusted: sizes are checked before anything is allocated for them, external data must lie in the
 * file's folder, and work and memory are bounded by the size of the file. Stateless and thread-safe.
 */
public final class OnnxReader {
    private OnnxReader() {}

    /**
     * The model in {@code file}.
     *
     * @throws UnsupportedOnnxException if nodes that the output needs are not understood; it lists all of them
     * @throws OnnxReadException if the file is missing, cut short or no valid model, or an option is needed or does not fit
     * @throws IOException if reading fails
     */
    public static ImportedModel read(Path file, ReadOptions options) throws IOException {
        return ModelReader.read(file, options);
    }
}
