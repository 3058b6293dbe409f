package dev.ganzoo.zoo.runtime;

/** A network that loaded failed to run: out of memory, a device lost. */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
