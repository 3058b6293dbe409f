package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.classifier.ClassifierGraphs;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.Task;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as a judge of images: what one of its inner values, or outputs, makes of them, and its logits where it has
 * such. Feature maps (N, C, H, W) are averaged over their positions.
 *
 * <p>Safe for use by several threads, which compute side by side.
 */
public final class FeatureNetwork implements DeviceChoice.Loaded {
    private final String name;
    private final String sha256;
    private final OnnxSession session;
    private final Input input;
    private final Chosen chosen;

    private FeatureNetwork(String name, String sha256, OnnxSession session, Input input, Chosen chosen) {
        this.name = name;
        this.sha256 = sha256;
        this.session = session;
        this.input = input;
        this.chosen = chosen;
    }

    /**
     * Which values of a network are asked for.
     *
     * @param features the name of a value, an output or a node; null for the output {@code features}, or without such for
     *     what the last product before the logits multiplies
     * @param logits the name of a value; null for the output {@code logits}, or without such the only output
     */
    public record Choice(String features, String logits) {
        /** The values that need no name. */
        public static final Choice USUAL = new Choice(null, null);
    }

    /**
     * What a network made of images.
     *
     * @param features (N, F)
     * @param logits (N, K), or null if the network has none
     */
    public record Answer(Tensor features, Tensor logits) {}

    /** Values by their names in the file; {@code logits} may be null. */
    private record Chosen(String features, String logits) {
        Set<String> all() {
            Set<String> all = new LinkedHashSet<>(List.of(features));
            if (logits != null) {
                all.add(logits);
            }
            return all;
        }
    }

    /** The input for images; extents are -1 where they are free, but for channels. */
    private record Input(String name, boolean channelsLast, int batch, int channels, int height, int width) {}

    /**
     * The network of any ONNX file; weights outside it must lie in its folder.
     *
     * @throws IllegalArgumentException if it has no such value, naming the nearest
     * @throws InvalidModelException if it is not an ONNX file with one float32 input for images
     * @throws IOException if it cannot be read
     */
    public static FeatureNetwork open(Path file, Choice choice, Device device) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        byte[] onnx = Files.readAllBytes(file);
        Path folder = file.toAbsolutePath().getParent();
        String sha256 = Sha256.of(onnx);
        return load(
                file.toString(),
                sha256,
                onnx,
                choice,
                device,
                (edited, place) -> OnnxSession.open(file.toString(), edited, folder, place, 0));
    }

    /**
     * The network of a classifier's package.
     *
     * @throws IllegalArgumentException if it has no such value, naming the nearest
     * @throws InvalidModelException if it is no classifier, or damaged
     */
    public static FeatureNetwork open(ModelPackage model, Choice choice, Device device) {
        if (model.card().task() != Task.CLASSIFIER) {
            throw new InvalidModelException("%s: task must be classifier to judge images, got %s"
                    .formatted(model.location(), model.card().task()));
        }
        byte[] onnx = model.read(ModelPackage.CLASSIFIER);
        String location = model.location() + ": " + ModelPackage.CLASSIFIER;
        Choice usual =
                new Choice(choice.features(), choice.logits() == null ? ClassifierGraphs.LOGITS : choice.logits());
        return load(
                location,
                sha256(model),
                onnx,
                usual,
                device,
                (edited, place) -> OnnxSession.open(model.card().name(), edited, SharedWeights.of(model), place, 0));
    }

    /** Of the network and of the weights that lie outside it, so that it changes with either. */
    private static String sha256(ModelPackage model) {
        var files = model.card().files();
        String network = files.get(ModelPackage.CLASSIFIER).sha256();
        return files.containsKey(ModelPackage.WEIGHTS)
                ? Sha256.of((network + files.get(ModelPackage.WEIGHTS).sha256()).getBytes(StandardCharsets.US_ASCII))
                : network;
    }

    private interface Opening {
        OnnxSession open(byte[] onnx, Device device) throws OrtException;
    }

    private static FeatureNetwork load(
            String location, String sha256, byte[] onnx, Choice choice, Device device, Opening opening) {
        OnnxOutline outline;
        try {
            outline = OnnxOutline.of(onnx);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(location, e.getMessage()), e);
        }
        Chosen chosen = choose(outline, choice, location);
        byte[] edited = outline.withOutputs(onnx, chosen.all());
        return DeviceChoice.load(
                location,
                device,
                place -> {
                    OnnxSession session = opening.open(edited, place);
                    try {
                        return new FeatureNetwork(location, sha256, session, input(location, session), chosen);
                    } catch (RuntimeException e) {
                        session.close();
                        throw e;
                    }
                },
                FeatureNetwork::warmUp);
    }

    private static Chosen choose(OnnxOutline outline, Choice choice, String location) {
        List<String> outputs = outline.outputs();
        String features = choice.features() == null ? null : outline.value(choice.features(), location);
        String logits = choice.logits() == null ? null : outline.value(choice.logits(), location);
        if (features == null && outputs.contains("features")) {
            features = "features";
        }
        if (logits == null && outputs.contains(ClassifierGraphs.LOGITS)) {
            logits = ClassifierGraphs.LOGITS;
        } else if (logits == null && outputs.size() == 1 && !outputs.get(0).equals(features)) {
            logits = outputs.get(0);
        }
        if (features == null) {
            features = outline.penultimate(logits)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s has no output \"features\" and no last linear layer; name a layer (outputs: %s)"
                                    .formatted(location, String.join(", ", outputs))));
        }
        return new Chosen(features, logits);
    }

    private static Input input(String location, OnnxSession session) {
        Map<String, long[]> inputs = session.shapes(true);
        long[] shape = inputs.values().iterator().next();
        if (inputs.size() != 1 || shape.length != 4) {
            throw new InvalidModelException("%s must have one input of shape (N, C, H, W) or (N, H, W, C), got %s"
                    .formatted(location, describe(inputs)));
        }
        boolean last = isColour(shape[3]) && !isColour(shape[1]);
        long channels = last ? shape[3] : shape[1];
        if (channels >= 0 && !isColour(channels)) {
            throw new InvalidModelException(
                    "%s must take images of 1 or 3 channels, got %s".formatted(location, describe(inputs)));
        }
        return new Input(
                inputs.keySet().iterator().next(),
                last,
                (int) shape[0],
                channels < 0 ? 3 : (int) channels,
                (int) (last ? shape[1] : shape[2]),
                (int) (last ? shape[2] : shape[3]));
    }

    private static boolean isColour(long channels) {
        return channels == 1 || channels == 3;
    }

    private static String describe(Map<String, long[]> shapes) {
        Map<String, String> text = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> text.put(name, Arrays.toString(shape)));
        return text.toString();
    }

    /** 1 or 3. */
    public int channels() {
        return input.channels();
    }

    /** The height that images must have, or -1 if any will do. */
    public int height() {
        return input.height();
    }

    /** The width that images must have, or -1 if any will do. */
    public int width() {
        return input.width();
    }

    /** The SHA-256 of the file; of a package's network and weights. */
    public String sha256() {
        return sha256;
    }

    /** The name of the value that gives the features. */
    public String features() {
        return chosen.features();
    }

    /** The name of the value that gives the logits, or null. */
    public String logits() {
        return chosen.logits();
    }

    /** The device that it really runs on: CPU or CUDA. */
    public Device device() {
        return session.device();
    }

    /**
     * What the network makes of images, all at once, unless its file has a fixed batch size.
     *
     * @param images {@code (N, C, H, W)}, N ≥ 1, in the network's own units
     * @throws IllegalStateException if this network is closed
     * @throws InferenceException if the run fails
     * @throws InvalidModelException if the features are neither (N, F) nor maps
     */
    public Answer run(Tensor images) {
        int count = images.shape()[0];
        Tensor ordered = input.channelsLast() ? UnitImages.channelsLast(images) : images;
        int piece = input.batch() > 0 ? input.batch() : count;
        Tensor features = null;
        Tensor logits = null;
        for (int done = 0; done < count; done += piece) {
            int some = Math.min(piece, count - done);
            Map<String, Tensor> made = run(ordered, done, some, piece);
            features = append(features, rows(made.get(chosen.features()), chosen.features()), done, some, count);
            if (chosen.logits() != null) {
                logits = append(logits, rows(made.get(chosen.logits()), chosen.logits()), done, some, count);
            }
        }
        return new Answer(features, logits);
    }

    private Map<String, Tensor> run(Tensor images, int from, int count, int size) {
        int[] shape = images.shape();
        int values = shape[1] * shape[2] * shape[3];
        var buffer = OnnxSession.FloatTensor.direct(size, values);
        buffer.put(0, images.data(), from * values, count * values);
        return session.run(
                input.name(), new OnnxSession.FloatTensor(buffer, size, shape[1], shape[2], shape[3]), chosen.all());
    }

    private static Tensor append(Tensor all, Tensor some, int from, int count, int total) {
        int width = some.shape()[1];
        Tensor into = all == null ? Tensor.zeros(total, width) : all;
        System.arraycopy(some.data(), 0, into.data(), from * width, count * width);
        return into;
    }

    /** A row for each image: maps are averaged over their positions, in double. */
    private Tensor rows(Tensor value, String what) {
        int[] shape = value.shape();
        if (shape.length == 2) {
            return value;
        }
        if (shape.length != 4) {
            throw new InvalidModelException("%s: \"%s\" must be features (N, F) or maps (N, C, H, W), got %s"
                    .formatted(name, what, Arrays.toString(shape)));
        }
        int channels = input.channelsLast() ? shape[3] : shape[1];
        int positions = value.size() / (shape[0] * channels);
        float[] means = new float[shape[0] * channels];
        for (int row = 0; row < means.length; row++) {
            int first = input.channelsLast() ? row / channels * positions * channels + row % channels : row * positions;
            int stride = input.channelsLast() ? channels : 1;
            double sum = 0;
            for (int p = 0; p < positions; p++) {
                sum += value.data()[first + p * stride];
            }
            means[row] = (float) (sum / positions);
        }
        return Tensor.of(means, shape[0], channels);
    }

    private void warmUp() {
        run(Tensor.zeros(
                1, input.channels(), input.height() > 0 ? input.height() : 64, input.width() > 0 ? input.width() : 64));
    }

    /** Waits for runs in flight, then frees the network. A second call does nothing. */
    @Override
    public void close() {
        session.close();
    }
}
