package dev.ganzoo.export.onnx;

/**
 * An ONNX file that is no model this program reads: cut short, contradicting itself, beyond a limit, or with operations
 * that are not understood. The message names the file and the place in it, the condition violated and the value found.
 */
public class OnnxReadException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** What is wrong where. */
    public OnnxReadException(String message) {
        super(message);
    }

    /** What is wrong where, and why. */
    public OnnxReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
