package dev.ganzoo.zoo.runtime;

import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.Task;
import dev.ganzoo.zoo.runtime.BatchedNetwork.Signature;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A generator's network: latents and class weights in, images out. Its contract is that of {@code generator.onnx} in
 * {@code docs/model-package.md}: inputs {@value #LATENTS} {@code (N, size)} and, if it knows classes,
 * {@value #CLASS_WEIGHTS} {@code (N, classes)}; output {@value #IMAGES} {@code (N, C, H, W)}; all float32, N free.
 *
 * <p>Any number of images is computed in pieces of at most {@link #batch}.
 *
 * <p>Safe for use by several threads, which compute side by side.
 */
public final class GeneratorSession implements DeviceChoice.Loaded {
    /** The input of latents. */
    public static final String LATENTS = "z";
    /** The input of class weights: a row sums to 1; one-hot for a class, anything else is a mixture of classes. */
    public static final String CLASS_WEIGHTS = "class_weights";
    /** The output. */
    public static final String IMAGES = "image";

    private final ModelCard card;
    private final BatchedNetwork network;
    private final int batch;

    private GeneratorSession(ModelCard card, BatchedNetwork network, int batch) {
        this.card = card;
        this.network = network;
        this.batch = batch;
    }

    /**
     * Verifies the package and loads its generator.
     *
     * @param threads of its own on the CPU, or 0 for the pool that all models share
     * @param batch the most images computed at once, in 1..1024
     * @throws InvalidModelException if the package is damaged, no generator, or its network not what the card says
     * @throws DeviceUnavailableException if the device is a GPU that is not there or does not work
     */
    public static GeneratorSession open(ModelPackage model, Device device, int threads, int batch) {
        ModelCard card = model.card();
        if (card.task() != Task.GENERATOR) {
            throw new InvalidModelException(
                    "%s: task must be generator, got %s".formatted(model.location(), card.task()));
        }
        String location = model.location() + ": " + ModelPackage.GENERATOR;
        return DeviceChoice.load(
                location,
                device,
                place -> new GeneratorSession(
                        card,
                        BatchedNetwork.together(
                                location,
                                count ->
                                        OnnxSession.open(card.name(), model.read(ModelPackage.GENERATOR), place, count),
                                threads,
                                batch,
                                signature(card)),
                        batch),
                session -> session.generate(session.noLatents(), session.noWeights()));
    }

    private static Signature signature(ModelCard card) {
        Map<String, long[]> inputs = new LinkedHashMap<>();
        inputs.put(LATENTS, new long[] {-1, card.latent().size()});
        if (card.conditional()) {
            inputs.put(CLASS_WEIGHTS, new long[] {-1, card.labels().size()});
        }
        ModelCard.ImageSpec image = card.image();
        return new Signature(inputs, Map.of(IMAGES, new long[] {-1, image.channels(), image.height(), image.width()}));
    }

    /** The device that it really runs on: CPU or CUDA. */
    public Device device() {
        return network.device();
    }

    /** The most images computed at once. */
    public int batch() {
        return batch;
    }

    /**
     * Computes images.
     *
     * @param latents {@code (N, size)}, N ≥ 1
     * @param classWeights {@code (N, classes)}, rows that sum to 1; null for an unconditional model
     * @return {@code (N, C, H, W)} in [-1, 1]
     * @throws IllegalArgumentException if a shape is not so
     * @throws IllegalStateException if this session is closed
     * @throws InferenceException if the run fails
     */
    public Tensor generate(Tensor latents, Tensor classWeights) {
        int count = latents.shape().length == 0 ? 0 : latents.shape()[0];
        check("latents", latents, count, card.latent().size());
        if (card.conditional()) {
            check("class weights", classWeights, count, card.labels().size());
        } else if (classWeights != null) {
            throw new IllegalArgumentException(
                    "model \"%s\" knows no classes, got class weights %s".formatted(card.name(), classWeights));
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(LATENTS, latents);
        if (card.conditional()) {
            inputs.put(CLASS_WEIGHTS, classWeights);
        }
        return network.run(inputs).get(IMAGES);
    }

    private Tensor noLatents() {
        return Tensor.zeros(batch, card.latent().size());
    }

    private Tensor noWeights() {
        return card.conditional() ? Tensor.zeros(batch, card.labels().size()) : null;
    }

    private void check(String what, Tensor tensor, int count, int width) {
        int[] shape = tensor == null ? null : tensor.shape();
        if (shape == null || shape.length != 2 || shape[0] != count || shape[0] < 1 || shape[1] != width) {
            throw new IllegalArgumentException("%s of model \"%s\" must have shape (%s, %d), got %s"
                    .formatted(what, card.name(), count < 1 ? "N" : count, width, Arrays.toString(shape)));
        }
    }

    /** Waits for runs in flight, then frees the network. A second call does nothing. */
    @Override
    public void close() {
        network.close();
    }
}
