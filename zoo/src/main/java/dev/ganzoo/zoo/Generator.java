package dev.ganzoo.zoo;

import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.GeneratorSession;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.text.ClassLookup;
import java.util.concurrent.ThreadLocalRandom;

/** A loaded generator. */
public final class Generator extends Model {
    /** Random seeds stay below this, short enough to be noted and typed. */
    private static final long RANDOM_SEEDS = 1L << 32;

    private final GeneratorSession session;

    Generator(ModelPackage model, GeneratorSession session) {
        super(model);
        this.session = session;
    }

    @Override
    public Device device() {
        return session.device();
    }

    /**
     * A request for {@code count} images, by default of random classes under a random seed.
     *
     * @param count at least 1
     * @throws InvalidRequestException if it is not
     */
    @Override
    public SampleRequest sample(int count) {
        return SampleRequest.of(this, count);
    }

    /**
     * A request for {@code frames} images on a path between latents or classes, by default between two random latents of
     * one random class.
     *
     * @param frames at least 2
     * @throws InvalidRequestException if it is not
     */
    @Override
    public InterpolationRequest interpolate(int frames) {
        return InterpolationRequest.of(this, frames);
    }

    /**
     * A request for how good the samples are, by default by FID, KID, IS, precision and recall against the images that
     * the generator learned.
     */
    @Override
    public EvaluationRequest evaluate() {
        return EvaluationRequest.of(this);
    }

    /**
     * Computes images from latents of any origin, in bounded memory besides the result.
     *
     * @param latents {@code (N, card().latent().size())}
     * @param classWeights {@code (N, classes)}, rows that sum to 1; null for an unconditional generator
     * @return {@code (N, C, H, W)} in [-1, 1]
     * @throws IllegalArgumentException if a shape is not so
     * @throws IllegalStateException if this generator is closed
     */
    public Tensor generate(Tensor latents, Tensor classWeights) {
        return session.generate(latents, classWeights);
    }

    @Override
    public void close() {
        session.close();
    }

    int batch() {
        return session.batch();
    }

    static long randomSeed() {
        return ThreadLocalRandom.current().nextLong(RANDOM_SEEDS);
    }

    /** The index of a class given by name, in any case, or by its index as text. */
    int label(String text) {
        requireConditional();
        return ClassLookup.index("class", text, labels());
    }

    int label(int index) {
        requireConditional();
        ClassLookup.check("class", new int[] {index}, labels().size());
        return index;
    }

    private void requireConditional() {
        if (!card().conditional()) {
            throw new InvalidRequestException(
                    "class", "model \"%s\" knows no classes; leave the class out".formatted(name()));
        }
    }
}
