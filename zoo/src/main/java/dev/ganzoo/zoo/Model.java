package dev.ganzoo.zoo;

import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Visualizer;
import java.util.List;

/**
 * A loaded model: a {@link Generator}, which samples images, or a {@link Classifier}, which names what is in them, is
 * attacked and visualised. Every verb is here, so that one line loads and uses any model; what a model cannot do throws an
 * {@link UnsupportedOperationException} that says what it is. {@link Zoo#generator} and {@link Zoo#classifier} give the
 * types.
 *
 * <p>Safe for use by several threads, which compute side by side. Closing waits for computations in flight; afterwards
 * whatever would compute throws an {@link IllegalStateException}. What was computed before stays usable.
 */
public abstract sealed class Model implements AutoCloseable permits Generator, Classifier {
    private final ModelPackage source;

    Model(ModelPackage source) {
        this.source = source;
    }

    /** The model's name, from its card. */
    public final String name() {
        return card().name();
    }

    /** What the model is, where it comes from, how good it is. */
    public final ModelCard card() {
        return source.card();
    }

    /** Names of the classes; empty if the model is unconditional. */
    public final List<String> labels() {
        return card().labels();
    }

    /** Where it runs: CPU or CUDA. */
    public abstract Device device();

    /** @see Generator#sample(int) */
    public SampleRequest sample(int count) {
        throw unsupported("it makes no images; sample a generator");
    }

    /** @see Generator#interpolate(int) */
    public InterpolationRequest interpolate(int frames) {
        throw unsupported("it makes no images; interpolate a generator");
    }

    /** @see Generator#evaluate() */
    public EvaluationRequest evaluate() {
        throw unsupported("it makes no images to evaluate; load a generator");
    }

    /** @see Classifier#logits(Tensor) */
    public Tensor logits(Tensor images) {
        throw unsupported("it classifies no images; load a classifier");
    }

    /** @see Classifier#predict(Tensor) */
    public List<Prediction> predict(Tensor images) {
        throw unsupported("it classifies no images; load a classifier");
    }

    /** @see Classifier#attack(Tensor) */
    public AttackRequest attack(Tensor images) {
        throw unsupported("it cannot be attacked; load a classifier");
    }

    /** @see Classifier#visualize() */
    public Visualizer visualize() {
        throw unsupported("it has no features to visualise; load a classifier");
    }

    final ModelPackage source() {
        return source;
    }

    private UnsupportedOperationException unsupported(String reason) {
        return new UnsupportedOperationException("model \"%s\" is a %s: %s".formatted(name(), card().task(), reason));
    }

    /** Waits for computations in flight, then frees the networks. A second call does nothing. */
    @Override
    public abstract void close();

    @Override
    public String toString() {
        return "%s[%s on %s]".formatted(getClass().getSimpleName(), name(), device());
    }
}
