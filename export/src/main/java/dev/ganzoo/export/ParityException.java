package dev.ganzoo.export;

/** The exported network does not make the images that the trained one made. Nothing was written. */
public final class ParityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ParityException(String message) {
        super(message);
    }
}
