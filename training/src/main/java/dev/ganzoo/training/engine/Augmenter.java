package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.augmentation.Change;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The augmentation of all that the discriminator sees. If it is adaptive, its probability and what was observed since the
 * last adaptation are its state.
 */
final class Augmenter {
    private static final String PART = "augmentation";
    private static final String PROBABILITY = "probability";
    private static final String OBSERVED = "observed";
    private static final int OBSERVATIONS = 4;

    private final DiscriminatorAugmentation augmentation;
    private final Changes changes;
    private final Shape shape;
    private float probability;
    private float signs;
    private int observations;

    /** An augmenter at its start, for images of {@code shape} (N, C, H, W). */
    Augmenter(DiscriminatorAugmentation augmentation, Changes changes, Shape shape) {
        this.augmentation = augmentation;
        this.changes = changes;
        this.shape = shape;
        this.probability = (float) augmentation.augmentProbability();
    }

    /** {@code shown} changed by numbers drawn from {@code random}. */
    Shown apply(NDManager scope, Shown shown, RandomGenerator random) {
        Change change = augmentation.at(1);
        if (change == Change.NONE) {
            return shown;
        }
        Map<String, Tensor> drawn = augmentation.at(probability).draw(shown.count(), shape, random);
        return changes.apply(scope, change, shown, drawn).withoutNumbers();
    }

    /**
     * Takes note of the mean sign of the discriminator's logits of {@code images} real images; every fourth time, the
     * probability goes a step up or down (Karras et al. 2020, section 3).
     */
    void observe(double sign, long images) {
        if (!augmentation.adapts()) {
            return;
        }
        signs += (float) sign;
        observations++;
        if (observations == OBSERVATIONS) {
            double direction = Math.signum(signs / OBSERVATIONS - augmentation.overfittingTarget());
            double step = (double) images * OBSERVATIONS / augmentation.adaptationImages();
            probability = (float) Math.min(1, Math.max(0, probability + direction * step));
            signs = 0;
            observations = 0;
        }
    }

    /** The probability at hand as a metric, if it adapts. */
    Map<String, Double> metrics() {
        return augmentation.adapts() ? Map.of("augmentation/probability", (double) probability) : Map.of();
    }

    /** Its part of the state of a training, if it has any. */
    Map<String, Map<String, Tensor>> state() {
        if (!augmentation.adapts()) {
            return Map.of();
        }
        return Map.of(
                PART,
                Map.of(
                        PROBABILITY, Tensor.of(new float[] {probability}, 1),
                        OBSERVED, Tensor.of(new float[] {signs, observations}, 2)));
    }

    /** The name of its part, if it has one. */
    Set<String> parts() {
        return augmentation.adapts() ? Set.of(PART) : Set.of();
    }

    /** Takes up what {@link #state} gave. */
    void restore(Map<String, Map<String, Tensor>> state) {
        if (augmentation.adapts()) {
            float[] observed = state.get(PART).get(OBSERVED).data();
            probability = state.get(PART).get(PROBABILITY).data()[0];
            signs = observed[0];
            observations = (int) observed[1];
        }
    }
}
