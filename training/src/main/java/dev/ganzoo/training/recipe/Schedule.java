package dev.ganzoo.training.recipe;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.training.settings.Interdependent;
import dev.ganzoo.zoo.json.Default;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long and how fast a recipe trains. Immutable.
 *
 * @param steps generator steps in all, ≥ 1
 * @param batch images a step, ≥ 1; with accumulation, images a pass
 * @param discriminatorSteps discriminator steps before each generator step, ≥ 1
 * @param accumulation passes whose gradients are averaged into one update, ≥ 1
 * @param generatorLearningRate Adam's step size for the generator, &gt; 0
 * @param discriminatorLearningRate Adam's step size for the discriminator, &gt; 0
 * @param beta1 Adam's decay of the first moment, in [0, 1)
 * @param beta2 Adam's decay of the second moment, in [0, 1)
 * @param decay how the learning rates change over the run
 * @param emaDecay the weight of the old value in the moving average of the generator, in [0, 1); 0 for none
 * @param emaStart the generator step from which the average lags behind the generator, ≥ 0
 * @param standingBatches batches of latents from which samples and checkpoints take batch norm's statistics of the weights at
 *     hand, ≥ 0; 0 for the running ones
 */
public record Schedule(
        int steps,
        int batch,
        int discriminatorSteps,
        int accumulation,
        double generatorLearningRate,
        double discriminatorLearningRate,
        double beta1,
        double beta2,
        Decay decay,
        double emaDecay,
        int emaStart,
        @Default("0") int standingBatches)
        implements Interdependent {
    /** How the learning rate changes over the run. */
    public enum Decay {
        /** Not at all. */
        NONE,
        /** Linearly, from the full rate in the first step towards zero, which the step after the last would have. */
        LINEAR;

        /** The factor on the learning rate in generator step {@code step} of {@code steps}, counted from 0. */
        public double factor(long step, long steps) {
            return this == NONE ? 1 : 1 - (double) step / steps;
        }
    }

    /** @throws IllegalArgumentException if a value is out of its range, naming it */
    public Schedule {
        Check.that(steps >= 1, "steps must be ≥ 1", steps);
        Check.that(batch >= 1, "batch must be ≥ 1", batch);
        Check.that(discriminatorSteps >= 1, "discriminatorSteps must be ≥ 1", discriminatorSteps);
        Check.that(accumulation >= 1, "accumulation must be ≥ 1", accumulation);
        double images = (double) batch * accumulation * discriminatorSteps;
        Check.that(
                images <= Integer.MAX_VALUE,
                "batch × accumulation × discriminatorSteps must be at most " + Integer.MAX_VALUE,
                "%d × %d × %d".formatted(batch, accumulation, discriminatorSteps));
        Check.rate("generatorLearningRate", generatorLearningRate);
        Check.rate("discriminatorLearningRate", discriminatorLearningRate);
        Check.fraction("beta1", beta1);
        Check.fraction("beta2", beta2);
        Check.fraction("emaDecay", emaDecay);
        Check.that(emaStart >= 0, "emaStart must be ≥ 0", emaStart);
        Check.that(standingBatches >= 0, "standingBatches must be ≥ 0", standingBatches);
    }

    /** A schedule of {@code steps} with batch 64, one discriminator step, Adam at 2e-4 with β (0, 0.9), no decay, no average. */
    public static Schedule steps(int steps) {
        return new Schedule(steps, 64, 1, 1, 2e-4, 2e-4, 0, 0.9, Decay.NONE, 0, 0, 0);
    }

    /** This schedule with another batch size. */
    public Schedule batch(int size) {
        return with(draft -> draft.batch = size);
    }

    /** This schedule with another number of discriminator steps before each generator step. */
    public Schedule discriminatorSteps(int number) {
        return with(draft -> draft.discriminatorSteps = number);
    }

    /** This schedule with Adam at one learning rate for both networks. */
    public Schedule adam(double learningRate, double newBeta1, double newBeta2) {
        return adam(learningRate, learningRate, newBeta1, newBeta2);
    }

    /** This schedule with Adam at a learning rate for each network (Heusel et al. 2017). */
    public Schedule adam(
            double newGeneratorLearningRate, double newDiscriminatorLearningRate, double newBeta1, double newBeta2) {
        return with(draft -> {
            draft.generatorLearningRate = newGeneratorLearningRate;
            draft.discriminatorLearningRate = newDiscriminatorLearningRate;
            draft.beta1 = newBeta1;
            draft.beta2 = newBeta2;
        });
    }

    /** This schedule with learning rates that fall linearly to zero. */
    public Schedule decayToZero() {
        return with(draft -> draft.decay = Decay.LINEAR);
    }

    /** This schedule with a moving average of the generator from step {@code start}. */
    public Schedule movingAverage(double newDecay, int start) {
        return with(draft -> {
            draft.emaDecay = newDecay;
            draft.emaStart = start;
        });
    }

    /** This schedule with batch norm's statistics, for samples and checkpoints, from so many batches of the weights at hand. */
    public Schedule standingStatistics(int batches) {
        return with(draft -> draft.standingBatches = batches);
    }

    /** Whether the run keeps a moving average of the generator. */
    public boolean hasMovingAverage() {
        return emaDecay > 0;
    }

    @Override
    public Map<String, String> idle() {
        if (emaStart == 0) {
            return Map.of();
        }
        if (!hasMovingAverage()) {
            return Map.of("emaStart", "emaStart must be 0 where emaDecay is 0");
        }
        return emaStart < steps ? Map.of() : Map.of("emaStart", "emaStart must be < steps (%d)".formatted(steps));
    }

    private Schedule with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.schedule();
    }

    /** The values of a schedule while one or more of them change. */
    private static final class Draft {
        private final int steps;
        private int batch;
        private int discriminatorSteps;
        private final int accumulation;
        private double generatorLearningRate;
        private double discriminatorLearningRate;
        private double beta1;
        private double beta2;
        private Decay decay;
        private double emaDecay;
        private int emaStart;
        private int standingBatches;

        Draft(Schedule schedule) {
            steps = schedule.steps;
            batch = schedule.batch;
            discriminatorSteps = schedule.discriminatorSteps;
            accumulation = schedule.accumulation;
            generatorLearningRate = schedule.generatorLearningRate;
            discriminatorLearningRate = schedule.discriminatorLearningRate;
            beta1 = schedule.beta1;
            beta2 = schedule.beta2;
            decay = schedule.decay;
            emaDecay = schedule.emaDecay;
            emaStart = schedule.emaStart;
            standingBatches = schedule.standingBatches;
        }

        Schedule schedule() {
            return new Schedule(
                    steps,
                    batch,
                    discriminatorSteps,
                    accumulation,
                    generatorLearningRate,
                    discriminatorLearningRate,
                    beta1,
                    beta2,
                    decay,
                    emaDecay,
                    emaStart,
                    standingBatches);
        }
    }
}
