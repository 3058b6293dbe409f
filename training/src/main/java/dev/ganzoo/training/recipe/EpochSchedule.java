package dev.ganzoo.training.recipe;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.training.settings.Interdependent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long and how fast a classifier learns. Immutable.
 *
 * @param epochs passes over the training set, ≥ 1; the images left over by whole batches, other ones in each epoch, are
 *     left out of it
 * @param batch images a step, ≥ 1
 * @param learningRate Adam's step size before it decays, &gt; 0
 * @param beta1 Adam's decay of the first moment, in [0, 1)
 * @param beta2 Adam's decay of the second moment, in [0, 1)
 * @param weightDecay the part of learning rate × weight taken off each weight a step, decoupled from the gradient as in
 *     AdamW (Loshchilov and Hutter 2019), ≥ 0
 * @param warmupEpochs epochs in which the rate rises linearly from zero to where the decay has it, in [0, epochs)
 * @param decay how the learning rate falls
 * @param milestones the epochs, counted from 0 and ascending, from which on {@link Decay#MILESTONES} divides by ten again
 * @param emaDecay the weight of the old value in the moving average of the weights, in [0, 1); 0 for none
 * @param emaStart the step from which the average lags behind the weights, ≥ 0
 */
public record EpochSchedule(
        int epochs,
        int batch,
        double learningRate,
        double beta1,
        double beta2,
        double weightDecay,
        int warmupEpochs,
        Decay decay,
        List<Integer> milestones,
        double emaDecay,
        int emaStart)
        implements Interdependent {
    /** How the learning rate falls over the run. */
    public enum Decay {
        /** Not at all. */
        NONE,
        /** To a tenth at each milestone. */
        MILESTONES,
        /** Linearly towards zero, which the step after the last would have. */
        LINEAR,
        /** As half a cosine wave towards zero (Loshchilov and Hutter 2017); after a warm-up, this is one cycle. */
        COSINE
    }

    private static final double DROP = 10;

    /** @throws IllegalArgumentException if a value is out of its range, naming it */
    public EpochSchedule {
        milestones = List.copyOf(milestones);
        Check.that(epochs >= 1, "epochs must be ≥ 1", epochs);
        Check.that(batch >= 1, "batch must be ≥ 1", batch);
        Check.rate("learningRate", learningRate);
        Check.fraction("beta1", beta1);
        Check.fraction("beta2", beta2);
        Check.that(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay must be ≥ 0 and finite", weightDecay);
        Check.that(
                warmupEpochs >= 0 && warmupEpochs < epochs,
                "warmupEpochs must be in [0, %d) (the number of epochs)".formatted(epochs),
                warmupEpochs);
        Check.that(isAscending(milestones), "milestones must be ≥ 0 and ascend", milestones);
        Check.fraction("emaDecay", emaDecay);
        Check.that(emaStart >= 0, "emaStart must be ≥ 0", emaStart);
    }

    /**
     * Adam with β (0.9, 0.999) at {@code learningRate}, at a tenth of it from the first of the {@code milestones} on, and so
     * forth; no warm-up, weight decay or average.
     */
    public static EpochSchedule dropping(int epochs, int batch, double learningRate, Integer... milestones) {
        return new EpochSchedule(
                epochs, batch, learningRate, 0.9, 0.999, 0, 0, Decay.MILESTONES, List.of(milestones), 0, 0);
    }

    /** Adam at one rate to the end; no weight decay or average. */
    public static EpochSchedule constant(int epochs, int batch, double learningRate, double beta1, double beta2) {
        return new EpochSchedule(epochs, batch, learningRate, beta1, beta2, 0, 0, Decay.NONE, List.of(), 0, 0);
    }

    private static boolean isAscending(List<Integer> numbers) {
        int last = -1;
        for (int number : numbers) {
            if (number <= last) {
                return false;
            }
            last = number;
        }
        return true;
    }

    /** Whether the run keeps a moving average of the weights. */
    public boolean hasMovingAverage() {
        return emaDecay > 0;
    }

    @Override
    public Map<String, String> idle() {
        Map<String, String> idle = new LinkedHashMap<>();
        if (emaStart > 0 && !hasMovingAverage()) {
            idle.put("emaStart", "emaStart must be 0 where emaDecay is 0");
        }
        if (decay != Decay.MILESTONES && !milestones.isEmpty()) {
            String name = decay.name().toLowerCase(Locale.ROOT);
            idle.put("milestones", "milestones must be empty where decay is " + name);
        }
        if (decay == Decay.MILESTONES && milestones.isEmpty()) {
            idle.put("decay", "decay must not be milestones where milestones is empty");
        }
        return idle;
    }

    /** The learning rate in step {@code step}, counted from 0. */
    public double learningRate(long step, long stepsPerEpoch) {
        double progress = (double) step / (epochs * stepsPerEpoch);
        double factor = switch (decay) {
            case NONE -> 1;
            case MILESTONES -> {
                long epoch = step / stepsPerEpoch;
                yield Math.pow(
                        DROP,
                        -milestones.stream()
                                .filter(milestone -> milestone <= epoch)
                                .count());
            }
            case LINEAR -> 1 - progress;
            case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
        };
        long warmup = warmupEpochs * stepsPerEpoch;
        return learningRate * factor * (step < warmup ? (step + 1.0) / (warmup + 1) : 1);
    }
}
