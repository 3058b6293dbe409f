package dev.ganzoo.training;

/** A loss became NaN or infinite, or all samples the same: further steps will hardly mend the weights. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what was found at which step, and the last good checkpoint */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
