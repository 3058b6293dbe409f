package dev.ganzoo.export.onnx.reading;

/** Thrown by a rule for a node that is valid but not understood; the import goes on to find others. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String reason) {
        super(reason, null, false, false);
    }
}
