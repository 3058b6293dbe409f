package dev.ganzoo.zoo.attack;

/**
 * What became of one image.
 *
 * @param index its position in the request
 * @param label its label; where none was given, the prediction before the attack
 * @param target the class its prediction was to become, or -1
 * @param before as it was
 * @param after as the attack left it
 * @param rounded after rounding to 8 bits, as saving does
 * @param gradientEvaluations passes forward and back that it took
 * @param queries passes forward only that it took
 * @param zeroGradient whether every gradient it was attacked with was zero in every value: then its robustness says
 *     nothing
 */
public record AttackedImage(
        int index,
        int label,
        int target,
        Outcome before,
        Outcome after,
        Outcome rounded,
        int gradientEvaluations,
        int queries,
        boolean zeroGradient) {
    /** Whether the attack reached its goal: the target where there is one, else anything but the label. */
    public boolean succeeded() {
        return succeeded(after);
    }

    /** The same after rounding to 8 bits. */
    public boolean succeededRounded() {
        return succeeded(rounded);
    }

    private boolean succeeded(Outcome outcome) {
        return target >= 0 ? outcome.reachesTarget() : outcome.leavesLabel();
    }
}
