package dev.ganzoo.training.run;

/** Why a run ended as it should. */
public enum StopReason {
    /** All steps are done. */
    FINISHED("all steps are done"),
    /** The step was reached at which it was asked to stop. */
    STEP_REACHED("stopped as asked"),
    /** The time that it was given is over. */
    TIME_OVER("the time is over"),
    /** Nothing better was measured for as long as was allowed. */
    NO_BETTER("nothing better was measured"),
    /** Somebody interrupted it, with Ctrl-C for instance. */
    INTERRUPTED("interrupted");

    private final String text;

    StopReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
