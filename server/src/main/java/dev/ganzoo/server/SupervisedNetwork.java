package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A network that ends a computation which takes too long, or longer than the server runs, at its next pass. */
final class SupervisedNetwork implements ClassifierNetwork {
    private final ClassifierNetwork network;
    private final Duration time;
    private final long begun = System.nanoTime();
    private final BooleanSupplier stopping;

    /** The time begins now. */
    SupervisedNetwork(ClassifierNetwork network, Duration time, BooleanSupplier stopping) {
        this.network = network;
        this.time = time;
        this.stopping = stopping;
    }

    @Override
    public ImageShape shape() {
        return network.shape();
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public int batch() {
        return network.batch();
    }

    @Override
    public Tensor logits(Tensor images) {
        check();
        return network.logits(images);
    }

    @Override
    public boolean differentiable() {
        return network.differentiable();
    }

    @Override
    public Evaluation gradient(Tensor images, Objective objective) {
        check();
        return network.gradient(images, objective);
    }

    private void check() {
        if (stopping.getAsBoolean()) {
            throw Problems.stopping();
        }
        if (System.nanoTime() - begun > time.toNanos()) {
            throw timeLimit(time);
        }
    }

    static Problem timeLimit(Duration time) {
        return new Problem(
                Type.TIME_LIMIT,
                "it was not done within %d s; ask for fewer steps, queries or images".formatted(time.toSeconds()));
    }
}
