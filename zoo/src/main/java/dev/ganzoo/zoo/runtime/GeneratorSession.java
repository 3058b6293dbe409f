package dev.ganzoo.zoo.runtime;

import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.Task;
import dev.ganzoo.zoo.runtime.OnnxSession.FloatTensor;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A generator's network: latents and class weights in, images out. Its contract is that of {@code generator.onnx} in
 * {@code docs/model-package.md}: inputs {@value #LATENTS} {@code (N, size)} and, if it knows classes,
 * {@value #CLASS_WEIGHTS} {@code (N, classes)}; output {@value #IMAGES} {@code (N, C, H, W)}; all float32, N free.
 *
 * <p>Batches of any size run in pieces, so memory stays bounded: on the CPU of powers of two up to {@link #batch}, on a
 * GPU always of {@link #batch}, filled up with zeros. Few sizes keep ONNX Runtime's arena small, which never shrinks; one
 * size on a GPU makes it choose one algorithm, so that an image does not depend on what is computed with it.
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
    private final OnnxSession session;
    private final int batch;
    private final Queue<Workspace> workspaces = new ConcurrentLinkedQueue<>();

    private GeneratorSession(ModelCard card, OnnxSession session, int batch) {
        this.card = card;
        this.session = session;
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
        byte[] network = model.read(ModelPackage.GENERATOR);
        return DeviceChoice.load(
                model.location() + ": " + ModelPackage.GENERATOR,
                device,
                place -> checked(model, OnnxSession.open(card.name(), network, place, threads), batch),
                session -> session.generate(session.noLatents(), session.noWeights()));
    }

    private static GeneratorSession checked(ModelPackage model, OnnxSession session, int batch) {
        try {
            GeneratorSession checked = new GeneratorSession(model.card(), session, batch);
            checked.checkContract(model.location());
            return checked;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The device that it really runs on: CPU or CUDA. */
    public Device device() {
        return session.device();
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
        ModelCard.ImageSpec image = card.image();
        Tensor images = Tensor.zeros(count, image.channels(), image.height(), image.width());
        Workspace workspace = workspaces.poll();
        workspace = workspace != null ? workspace : new Workspace(card, batch);
        try {
            for (int done = 0; done < count; ) {
                done += generateSome(workspace, latents, classWeights, images, done, count - done);
            }
        } finally {
            workspaces.add(workspace);
        }
        return images;
    }

    private int generateSome(Workspace workspace, Tensor latents, Tensor weights, Tensor images, int from, int left) {
        boolean cpu = session.device().kind() == Device.Kind.CPU;
        int size = cpu ? Math.min(batch, Integer.highestOneBit(left)) : batch;
        int count = Math.min(size, left);
        ModelCard.ImageSpec image = card.image();
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(LATENTS, fill(workspace.latents, latents, from, count, size));
        if (weights != null) {
            inputs.put(CLASS_WEIGHTS, fill(workspace.weights, weights, from, count, size));
        }
        int values = image.channels() * image.height() * image.width();
        FloatBuffer target = workspace.images.clear().limit(size * values).slice();
        session.run(
                inputs, Map.of(IMAGES, new FloatTensor(target, size, image.channels(), image.height(), image.width())));
        target.get(0, images.data(), from * values, count * values);
        return count;
    }

    private static FloatTensor fill(FloatBuffer buffer, Tensor rows, int from, int count, int size) {
        int width = rows.shape()[1];
        buffer.clear().put(rows.data(), from * width, count * width);
        for (int i = count * width; i < size * width; i++) {
            buffer.put(0);
        }
        return new FloatTensor(buffer.flip().slice(), size, width);
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

    private void checkContract(String location) {
        Map<String, long[]> expected = new LinkedHashMap<>();
        expected.put(LATENTS, new long[] {-1, card.latent().size()});
        if (card.conditional()) {
            expected.put(CLASS_WEIGHTS, new long[] {-1, card.labels().size()});
        }
        ModelCard.ImageSpec image = card.image();
        long[] images = {-1, image.channels(), image.height(), image.width()};
        session.check(location + ": " + ModelPackage.GENERATOR, expected, Map.of(IMAGES, images));
    }

    /** Waits for runs in flight, then frees the network. A second call does nothing. */
    @Override
    public void close() {
        session.close();
    }

    /** Direct buffers that ONNX Runtime reads and writes without copying; one for each run at a time, reused. */
    private static final class Workspace {
        private final FloatBuffer latents;
        private final FloatBuffer weights;
        private final FloatBuffer images;

        Workspace(ModelCard card, int batch) {
            ModelCard.ImageSpec image = card.image();
            latents = FloatTensor.direct(batch, card.latent().size());
            weights = FloatTensor.direct(batch, card.labels().size());
            images = FloatTensor.direct(batch, image.channels() * image.height() * image.width());
        }
    }
}
