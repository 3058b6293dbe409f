package dev.ganzoo.export;

import java.util.Locale;

/**
 * Which checkpoint of a run is meant.
 *
 * @param kind the last, the best, or that of a step
 * @param step after how many steps, where that is said; else 0
 */
public record CheckpointChoice(Kind kind, long step) {
    /** The checkpoint of the highest step. */
    public static final CheckpointChoice LAST = new CheckpointChoice(Kind.LAST, 0);

    /** The checkpoint that was measured to be the best while the run went on. */
    public static final CheckpointChoice BEST = new CheckpointChoice(Kind.BEST, 0);

    /** How a checkpoint is chosen. */
    public enum Kind {
        /** By the highest step. */
        LAST,
        /** By what was measured. */
        BEST,
        /** By its step. */
        STEP
    }

    /** The checkpoint after so many steps. */
    public static CheckpointChoice step(long steps) {
        return new CheckpointChoice(Kind.STEP, steps);
    }

    /**
     * {@code last}, {@code best} or a number of steps.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static CheckpointChoice parse(String text) {
        if (text.matches("\\d{1,18}")) {
            return step(Long.parseLong(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "last" -> LAST;
            case "best" -> BEST;
            default ->
                throw new IllegalArgumentException(
                        "checkpoint must be last, best or a number of steps, got \"%s\"".formatted(text));
        };
    }

    @Override
    public String toString() {
        return kind == Kind.STEP ? Long.toString(step) : kind.name().toLowerCase(Locale.ROOT);
    }
}
