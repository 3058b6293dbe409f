package dev.ganzoo.zoo.model;

/**
 * A model package that cannot be trusted or used: a file missing, cut short or altered, a card that does not read, a
 * network that is not what the card says. The message names the package and the file, what was expected and what was found.
 */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with which package. */
    public InvalidModelException(String message) {
        super(message);
    }

    /** What is wrong with which package, and why. */
    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
