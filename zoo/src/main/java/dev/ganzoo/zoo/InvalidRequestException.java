package dev.ganzoo.zoo;

/** A request that cannot be fulfilled as it stands; says which of its options is wrong. */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String option;

    /** @param message the condition violated, the value found, and what would have been right */
    public InvalidRequestException(String option, String message) {
        super(message);
        this.option = option;
    }

    /** The option at fault: {@code count}, {@code class}, {@code truncation}, {@code seed}, {@code frames}, … */
    public String option() {
        return option;
    }

    /** Throws {@code violated, got found} unless {@code condition} holds. */
    public static void check(boolean condition, String option, String violated, Object found) {
        if (!condition) {
            throw new InvalidRequestException(option, violated + ", got " + found);
        }
    }
}
