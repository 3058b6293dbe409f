package dev.ganzoo.zoo.attack;

/** Sums over the images of one attack, judged at one ε. */
final class Tally {
    /** Rounding errors of a norm that is bounded by ε. */
    private static final double NEARLY = 1e-6;

    private final double epsilon;
    private final Norm norm;
    private final boolean bounded;

    private int images;
    private int clean;
    private int robust;
    private int robustRounded;
    private int changed;
    private double linf;
    private double l2;
    private long gradientEvaluations;
    private long queries;
    private int zeroGradients;

    /** @param bounded whether the attack kept to ε; otherwise its larger perturbations do not count */
    Tally(double epsilon, Norm norm, boolean bounded) {
        this.epsilon = epsilon;
        this.norm = norm;
        this.bounded = bounded;
    }

    void add(AttackedImage image) {
        images++;
        clean += image.before().leavesLabel() ? 0 : 1;
        robust += robust(image, image.after()) ? 1 : 0;
        robustRounded += robust(image, image.rounded()) ? 1 : 0;
        changed += image.after().leavesPrediction() && counts(image) ? 1 : 0;
        linf += image.after().linf();
        l2 += image.after().l2();
        gradientEvaluations += image.gradientEvaluations();
        queries += image.queries();
        zeroGradients += image.zeroGradient() ? 1 : 0;
    }

    private boolean robust(AttackedImage image, Outcome outcome) {
        return bounded
                ? !outcome.leavesLabel()
                : !image.before().leavesLabel() && !(outcome.leavesLabel() && counts(image));
    }

    private boolean counts(AttackedImage image) {
        return bounded || image.after().norm(norm) <= epsilon + NEARLY;
    }

    String epsilonText() {
        return Amounts.describe(epsilon);
    }

    double cleanAccuracy() {
        return (double) clean / images;
    }

    RobustnessReport.Row row(Attack attack) {
        return new RobustnessReport.Row(
                attack.name(),
                AttackOptions.values(attack),
                epsilon,
                epsilonText(),
                (double) robust / images,
                (double) robustRounded / images,
                (double) changed / images,
                linf / images,
                l2 / images,
                (double) gradientEvaluations / images,
                (double) queries / images,
                zeroGradients);
    }
}
