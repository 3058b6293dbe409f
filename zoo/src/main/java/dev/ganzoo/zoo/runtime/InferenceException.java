package dev.ganzoo.zoo.runtime;

/** A network that loaded failed to run: out of memory, a device lost. */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A network that cannot be run as it is asked to. */
    public InferenceException(String message) {
        super(message);
    }

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
