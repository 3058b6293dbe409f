package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.classifier.ClassifierGraphs;
import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.Task;
import dev.ganzoo.zoo.runtime.BatchedNetwork.Signature;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.text.Suggestions;
import dev.ganzoo.zoo.visualize.Layer;
import dev.ganzoo.zoo.visualize.LayerEvaluation;
import dev.ganzoo.zoo.visualize.LayerNetwork;
import dev.ganzoo.zoo.visualize.LayerObjective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A classifier's networks: {@code classifier.onnx}, and loaded when first used {@code gradient.onnx} and one file for each
 * layer, as {@code docs/model-package.md} describes them. All inputs and outputs are float32, N is free.
 *
 * <p>Safe for use by several threads, which compute side by side.
 */
public final class ClassifierSession implements ClassifierNetwork, DeviceChoice.Loaded {
    private final ModelPackage model;
    private final ModelCard card;
    private final int threads;
    private final int batch;
    private final SharedWeights weights;
    private final BatchedNetwork classifier;
    private final Map<String, BatchedNetwork> others = new LinkedHashMap<>();
    private boolean closed;

    private ClassifierSession(
            ModelPackage model, int threads, int batch, SharedWeights weights, BatchedNetwork classifier) {
        this.model = model;
        this.card = model.card();
        this.threads = threads;
        this.batch = batch;
        this.weights = weights;
        this.classifier = classifier;
    }

    /**
     * Verifies the package and loads its classifier.
     *
     * @param threads of its own on the CPU, or 0 for the pool that all models share
     * @param batch the most images computed at once, in 1..1024
     * @throws InvalidModelException if the package is damaged, no classifier, or its network not what the card says
     * @throws DeviceUnavailableException if the device is a GPU that is not there or does not work
     */
    public static ClassifierSession open(ModelPackage model, Device device, int threads, int batch) {
        ModelCard card = model.card();
        if (card.task() != Task.CLASSIFIER) {
            throw new InvalidModelException(
                    "%s: task must be classifier, got %s".formatted(model.location(), card.task()));
        }
        String location = model.location() + ": " + ModelPackage.CLASSIFIER;
        return DeviceChoice.load(
                location,
                device,
                place -> {
                    SharedWeights weights = SharedWeights.of(model);
                    BatchedNetwork classifier = BatchedNetwork.apart(
                            location,
                            count -> OnnxSession.open(
                                    card.name(), model.read(ModelPackage.CLASSIFIER), weights, place, count),
                            threads,
                            batch,
                            new Signature(
                                    Map.of(ClassifierGraphs.IMAGES, images(card)),
                                    Map.of(ClassifierGraphs.LOGITS, logits(card))));
                    return new ClassifierSession(model, threads, batch, weights, classifier);
                },
                session -> session.logits(Tensor.zeros(session.shape().batch(batch))));
    }

    /** The device that it really runs on: CPU or CUDA. */
    public Device device() {
        return classifier.device();
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(
                card.image().channels(), card.image().height(), card.image().width());
    }

    @Override
    public int classes() {
        return card.labels().size();
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Tensor logits(Tensor images) {
        check(images);
        return classifier.run(Map.of(ClassifierGraphs.IMAGES, images)).get(ClassifierGraphs.LOGITS);
    }

    @Override
    public boolean differentiable() {
        return card.files().containsKey(ModelPackage.GRADIENT);
    }

    @Override
    public Evaluation gradient(Tensor images, Objective objective) {
        check(images);
        if (!differentiable()) {
            throw new UnsupportedOperationException(
                    "model \"%s\" has no gradient; only score-based attacks work on it".formatted(card.name()));
        }
        if (objective.count() != images.shape()[0] || objective.classes() != classes()) {
            throw new IllegalArgumentException("the objective must be of %d images and %d classes, got %d and %d"
                    .formatted(images.shape()[0], classes(), objective.count(), objective.classes()));
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(ClassifierGraphs.IMAGES, images);
        inputs.put(ClassifierGraphs.LABEL_WEIGHTS, objective.labelWeights());
        inputs.put(ClassifierGraphs.TARGET_WEIGHTS, objective.targetWeights());
        inputs.put(ClassifierGraphs.LOSS_WEIGHTS, objective.lossWeights());
        inputs.put(ClassifierGraphs.LOGIT_WEIGHTS, objective.logitWeights());
        Map<String, Tensor> results =
                network(ModelPackage.GRADIENT, this::gradientSignature).run(inputs);
        return new Evaluation(
                results.get(ClassifierGraphs.LOGITS),
                results.get(ClassifierGraphs.OBJECTIVE),
                results.get(ClassifierGraphs.GRADIENT));
    }

    /** The layers that can be visualised, from the image on. */
    public List<Layer> layers() {
        return card.layers().stream().map(ClassifierSession::layer).toList();
    }

    /**
     * The network up to a layer.
     *
     * @throws IllegalArgumentException if there is no such layer, naming the nearest
     */
    public LayerNetwork layer(String name) {
        ModelCard.Layer found = card.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Suggestions.unknown(
                        "layer",
                        name,
                        card.layers().stream().map(ModelCard.Layer::name).toList())));
        Layer layer = layer(found);
        return new LayerNetwork() {
            @Override
            public Layer layer() {
                return layer;
            }

            @Override
            public LayerEvaluation gradient(Tensor images, LayerObjective objective) {
                check(images);
                return layerGradient(found, images, objective);
            }
        };
    }

    private static Layer layer(ModelCard.Layer layer) {
        return new Layer(
                layer.name(), layer.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    private LayerEvaluation layerGradient(ModelCard.Layer layer, Tensor images, LayerObjective objective) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(ClassifierGraphs.IMAGES, images);
        inputs.put(ClassifierGraphs.LINEAR_WEIGHTS, objective.linear());
        inputs.put(ClassifierGraphs.MAX_WEIGHTS, objective.max());
        inputs.put(ClassifierGraphs.SQUARE_WEIGHTS, objective.square());
        Map<String, Tensor> results =
                network(layer.file(), () -> layerSignature(layer)).run(inputs);
        return new LayerEvaluation(results.get(ClassifierGraphs.OBJECTIVE), results.get(ClassifierGraphs.GRADIENT));
    }

    private Signature gradientSignature() {
        return new Signature(
                Map.of(
                        ClassifierGraphs.IMAGES, images(card),
                        ClassifierGraphs.LABEL_WEIGHTS, logits(card),
                        ClassifierGraphs.TARGET_WEIGHTS, logits(card),
                        ClassifierGraphs.LOSS_WEIGHTS, new long[] {-1, Objective.LOSSES},
                        ClassifierGraphs.LOGIT_WEIGHTS, logits(card)),
                Map.of(
                        ClassifierGraphs.LOGITS, logits(card),
                        ClassifierGraphs.OBJECTIVE, new long[] {-1},
                        ClassifierGraphs.GRADIENT, images(card)));
    }

    private Signature layerSignature(ModelCard.Layer layer) {
        long[] channels = {-1, layer.shape().get(0)};
        return new Signature(
                Map.of(
                        ClassifierGraphs.IMAGES,
                        images(card),
                        ClassifierGraphs.LINEAR_WEIGHTS,
                        activation(layer),
                        ClassifierGraphs.MAX_WEIGHTS,
                        channels,
                        ClassifierGraphs.SQUARE_WEIGHTS,
                        channels),
                Map.of(ClassifierGraphs.OBJECTIVE, new long[] {-1}, ClassifierGraphs.GRADIENT, images(card)));
    }

    /** A network of the package other than the classifier, loaded at first use onto the classifier's device. */
    private BatchedNetwork network(String file, Supplier<Signature> signature) {
        synchronized (others) {
            if (closed) {
                throw new IllegalStateException(
                        "model \"%s\" is closed; load it again to use it".formatted(card.name()));
            }
            BatchedNetwork network = others.get(file);
            if (network == null) {
                network = load(file, signature.get());
                others.put(file, network);
            }
            return network;
        }
    }

    private BatchedNetwork load(String file, Signature signature) {
        String location = model.location() + ": " + file;
        try {
            return BatchedNetwork.apart(
                    location,
                    count -> OnnxSession.open(card.name(), model.read(file), weights, device(), count),
                    threads,
                    batch,
                    signature);
        } catch (OrtException e) {
            throw new InvalidModelException("%s does not load: %s".formatted(location, e.getMessage()), e);
        }
    }

    private void check(Tensor images) {
        if (!shape().matches(images.shape())) {
            throw new IllegalArgumentException("images of model \"%s\" must have shape (N, %d, %d, %d), got %s"
                    .formatted(
                            card.name(),
                            card.image().channels(),
                            card.image().height(),
                            card.image().width(),
                            Arrays.toString(images.shape())));
        }
    }

    private static long[] images(ModelCard card) {
        return new long[] {
            -1, card.image().channels(), card.image().height(), card.image().width()
        };
    }

    private static long[] logits(ModelCard card) {
        return new long[] {-1, card.labels().size()};
    }

    private static long[] activation(ModelCard.Layer layer) {
        long[] shape = new long[layer.shape().size() + 1];
        shape[0] = -1;
        for (int axis = 1; axis < shape.length; axis++) {
            shape[axis] = layer.shape().get(axis - 1);
        }
        return shape;
    }

    /** Waits for computations in flight, then frees the networks. A second call does nothing. */
    @Override
    public void close() {
        synchronized (others) {
            closed = true;
            classifier.close();
            others.values().forEach(BatchedNetwork::close);
        }
    }
}
