package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An attack on many images in progress: batch by batch, with what became of those that are done. */
final class AttackRun {
    private final ClassifierNetwork network;
    private final Attack attack;
    private final Goal goal;
    private final Tensor images;
    private final int[] labels;
    private final long seed;
    private final long firstIndex;

    private final int values;
    private final Tensor perturbed;
    private final Tensor gradient;
    private final List<AttackedImage> done = new ArrayList<>();

    /** @param labels null for the network's predictions */
    AttackRun(
            ClassifierNetwork network,
            Attack attack,
            Goal goal,
            Tensor images,
            int[] labels,
            long seed,
            long firstIndex) {
        this.network = network;
        this.attack = attack;
        this.goal = goal;
        this.images = images;
        this.labels = labels;
        this.seed = seed;
        this.firstIndex = firstIndex;
        this.values = network.shape().values();
        this.perturbed = Tensor.zeros(images.shape());
        this.gradient = attack.needsGradient() ? Tensor.zeros(images.shape()) : null;
    }

    /** The images {@code from} to before {@code to}, which follow those that are done. */
    void attack(int from, int to) {
        float[][] originals = rows(images.data(), from, to);
        float[][] clean = logits(originals);
        int[] of = IntStream.range(from, to)
                .map(i -> labels == null ? Vectors.largest(clean[i - from]) : labels[i])
                .toArray();
        int[] targets = IntStream.range(from, to)
                .map(i -> goal.target(i, of[i - from], clean[i - from]).orElse(-1))
                .toArray();
        AttackBatch batch = new AttackBatch(
                network, originals, clean, of, targets[0] < 0 ? null : targets, Randomness.of(seed), firstIndex + from);
        float[][] points = attack.perturb(batch);
        float[][] rounded = Arrays.stream(points).map(AttackRun::rounded).toArray(float[][]::new);
        float[][] after = logits(points);
        float[][] afterRounding = logits(rounded);
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(points[i], 0, perturbed.data(), (from + i) * values, values);
            if (batch.firstGradient(i) != null) {
                System.arraycopy(batch.firstGradient(i), 0, gradient.data(), (from + i) * values, values);
            }
            int prediction = Vectors.largest(clean[i]);
            done.add(new AttackedImage(
                    from + i,
                    of[i],
                    targets[i],
                    Outcome.of(clean[i], of[i], targets[i], prediction, new float[0]),
                    Outcome.of(after[i], of[i], targets[i], prediction, Vectors.difference(points[i], originals[i])),
                    Outcome.of(
                            afterRounding[i],
                            of[i],
                            targets[i],
                            prediction,
                            Vectors.difference(rounded[i], originals[i])),
                    batch.gradientEvaluations(i),
                    batch.queries(i),
                    batch.zeroGradient(i)));
        }
    }

    AttackResult result(List<String> classNames) {
        return new AttackResult(attack, goal, classNames, images, perturbed, gradient, done);
    }

    private float[][] logits(float[][] points) {
        Tensor batch = Tensor.zeros(network.shape().batch(points.length));
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(points[i], 0, batch.data(), i * values, values);
        }
        Tensor logits = network.logits(batch);
        int classes = network.classes();
        return IntStream.range(0, points.length)
                .mapToObj(i -> Arrays.copyOfRange(logits.data(), i * classes, (i + 1) * classes))
                .toArray(float[][]::new);
    }

    private float[][] rows(float[] data, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Arrays.copyOfRange(data, i * values, (i + 1) * values))
                .toArray(float[][]::new);
    }

    private static float[] rounded(float[] point) {
        float[] rounded = new float[point.length];
        for (int i = 0; i < point.length; i++) {
            rounded[i] = UnitImages.toByte(point[i]) / 255f;
        }
        return rounded;
    }
}
