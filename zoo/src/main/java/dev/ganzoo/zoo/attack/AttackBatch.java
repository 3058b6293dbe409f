package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Images under attack, and the only way for an attack to ask the network about them: it counts what each image costs.
 *
 * <p>Images are numbered from 0 within the batch and are flat arrays (C, H, W) in [0, 1]. Attacks ask about some of them,
 * so that those that are done cost no more. For one thread.
 */
public final class AttackBatch {
    private final ClassifierNetwork network;
    private final float[][] originals;
    private final float[][] cleanLogits;
    private final int[] labels;
    private final int[] targets;
    private final Randomness randomness;
    private final long firstIndex;

    private final int[] gradientEvaluations;
    private final int[] queries;
    private final boolean[] sawGradient;
    private final float[][] firstGradients;

    /** @param targets null where there are none */
    AttackBatch(
            ClassifierNetwork network,
            float[][] originals,
            float[][] cleanLogits,
            int[] labels,
            int[] targets,
            Randomness randomness,
            long firstIndex) {
        this.network = network;
        this.originals = originals;
        this.cleanLogits = cleanLogits;
        this.labels = labels;
        this.targets = targets;
        this.randomness = randomness;
        this.firstIndex = firstIndex;
        this.gradientEvaluations = new int[originals.length];
        this.queries = new int[originals.length];
        this.sawGradient = new boolean[originals.length];
        this.firstGradients = new float[originals.length][];
    }

    /** The number of images. */
    public int size() {
        return originals.length;
    }

    /** All images: 0, 1, … */
    public int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return network.shape();
    }

    /** The number of classes. */
    public int classes() {
        return network.classes();
    }

    /** Image {@code i} before the attack; not to be written. */
    public float[] original(int i) {
        return originals[i];
    }

    /** Copies of all images before the attack. */
    public float[][] originals() {
        return Vectors.copy(originals);
    }

    /** The logits of image {@code i} before the attack; not to be written. */
    public float[] cleanLogits(int i) {
        return cleanLogits[i];
    }

    /** The label of image {@code i}. */
    public int label(int i) {
        return labels[i];
    }

    /** Whether predictions are to become a certain class. */
    public boolean targeted() {
        return targets != null;
    }

    /** The class that the prediction of image {@code i} is to become; only where {@link #targeted}. */
    public int target(int i) {
        return targets[i];
    }

    /** Whether an image with such logits is where the goal wants it. */
    public boolean succeeded(int i, float[] logits) {
        int prediction = Vectors.largest(logits);
        return targeted() ? prediction == targets[i] : prediction != labels[i];
    }

    /** The margin by which an image with such logits is where the goal wants it: not positive where it is not. */
    public float margin(int i, float[] logits) {
        return targeted()
                ? logits[targets[i]] - Vectors.largestOther(logits, targets[i])
                : Vectors.largestOther(logits, labels[i]) - logits[labels[i]];
    }

    /** A fresh generator for image {@code i}, the same in any batch. */
    public RandomGenerator random(String purpose, int i) {
        return randomness.forPurpose(purpose).at(firstIndex + i);
    }

    /** What is to increase so that the images {@code active} come to where the goal wants them. */
    public Objective objective(Loss loss, int[] active) {
        int[] of = pick(labels, active);
        return targeted() ? loss.targeted(classes(), of, pick(targets, active)) : loss.untargeted(classes(), of);
    }

    /** This batch with other targets, counting together. */
    AttackBatch towards(int[] others) {
        return new AttackBatch(this, others);
    }

    private AttackBatch(AttackBatch batch, int[] targets) {
        network = batch.network;
        originals = batch.originals;
        cleanLogits = batch.cleanLogits;
        labels = batch.labels;
        this.targets = targets;
        randomness = batch.randomness;
        firstIndex = batch.firstIndex;
        gradientEvaluations = batch.gradientEvaluations;
        queries = batch.queries;
        sawGradient = batch.sawGradient;
        firstGradients = batch.firstGradients;
    }

    /**
     * The logits of some images.
     *
     * @param active which; the others' points are not looked at
     * @param points by image, then value
     * @return by image, then class
     * @throws IllegalStateException if a logit is not a number
     */
    public float[][] logits(int[] active, float[][] points) {
        float[][] logits = new float[size()][];
        if (active.length > 0) {
            scatter(network.logits(gather(active, points)), active, logits);
            for (int i : active) {
                queries[i]++;
                checkNumbers("logits", logits[i], i);
            }
        }
        return logits;
    }

    /**
     * The logits, objective and gradient of some images.
     *
     * @param active which; the others' points are not looked at
     * @param points by image, then value
     * @param objective of as many images as are active, in their order
     * @throws IllegalStateException if a logit or a gradient is not a number
     */
    public Answers gradient(int[] active, float[][] points, Objective objective) {
        Answers answers = new Answers(new float[size()][], new float[size()], new float[size()][]);
        if (active.length > 0) {
            Evaluation evaluation = network.gradient(gather(active, points), objective);
            scatter(evaluation.logits(), active, answers.logits());
            scatter(evaluation.gradient(), active, answers.gradients());
            for (int a = 0; a < active.length; a++) {
                int i = active[a];
                answers.values()[i] = evaluation.objective().data()[a];
                checkNumbers("logits", answers.logits()[i], i);
                checkNumbers("the gradient", answers.gradients()[i], i);
                note(i, answers.gradients()[i]);
            }
        }
        return answers;
    }

    private void note(int i, float[] gradient) {
        gradientEvaluations[i]++;
        if (firstGradients[i] == null) {
            firstGradients[i] = gradient.clone();
        }
        if (!sawGradient[i]) {
            for (float value : gradient) {
                sawGradient[i] |= value != 0;
            }
        }
    }

    int gradientEvaluations(int i) {
        return gradientEvaluations[i];
    }

    int queries(int i) {
        return queries[i];
    }

    /** Whether gradients were asked for and were zero in every value, every time. */
    boolean zeroGradient(int i) {
        return gradientEvaluations[i] > 0 && !sawGradient[i];
    }

    /** The first gradient that was asked for; null if none was. */
    float[] firstGradient(int i) {
        return firstGradients[i];
    }

    private Tensor gather(int[] active, float[][] points) {
        int values = shape().values();
        Tensor images = Tensor.zeros(shape().batch(active.length));
        for (int a = 0; a < active.length; a++) {
            System.arraycopy(points[active[a]], 0, images.data(), a * values, values);
        }
        return images;
    }

    private static void scatter(Tensor rows, int[] active, float[][] to) {
        int width = rows.size() / active.length;
        for (int a = 0; a < active.length; a++) {
            to[active[a]] = Arrays.copyOfRange(rows.data(), a * width, (a + 1) * width);
        }
    }

    private void checkNumbers(String what, float[] values, int i) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException("%s of image %d must be finite, got %s from the network"
                        .formatted(what, firstIndex + i, value));
            }
        }
    }

    private static int[] pick(int[] from, int[] active) {
        return Arrays.stream(active).map(i -> from[i]).toArray();
    }
}
