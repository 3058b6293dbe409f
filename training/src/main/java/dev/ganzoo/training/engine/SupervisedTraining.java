package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.loss.ClassificationLoss;
import dev.ganzoo.training.recipe.EpochSchedule;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The step of every recipe of one classifier: a batch of labelled images, and one update by Adam. */
public final class SupervisedTraining implements Training {
    private static final String LOGITS = "logits";

    private final NDManager manager;
    private final EpochSchedule schedule;
    private final long stepsPerEpoch;
    private final LabelledFeed feed;
    private final Tensor goldenImages;
    private final Learner classifier;
    private final LogitLoss loss;
    private final Randomness noise;

    /**
     * A training at its very start; all initial weights are functions of {@code seed}.
     *
     * @param classifier {@code image} (N, C, H, W) in [−1, 1] → {@code logits} (N, classes)
     * @param goldenImages (N, C, H, W) in [0, 1], for {@link #golden}
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public SupervisedTraining(
            Graph classifier,
            ClassificationLoss objective,
            EpochSchedule schedule,
            long stepsPerEpoch,
            LabelledFeed feed,
            Tensor goldenImages,
            long seed,
            Device device) {
        this.manager = Devices.newManager(device);
        this.schedule = schedule;
        this.stepsPerEpoch = stepsPerEpoch;
        this.feed = feed;
        this.goldenImages = goldenImages;
        Network network = Network.initialize(Network.FASTER.rewrite(classifier), seed, manager);
        Adam adam = new Adam(network, schedule.beta1(), schedule.beta2(), schedule.weightDecay());
        this.classifier = Learner.of(network, adam, schedule.emaDecay(), schedule.emaStart(), manager);
        int classes = classifier.output().shape().extent(1);
        this.noise = Randomness.of(seed).forPurpose("dropout");
        this.loss = new LogitLoss(objective, classes, manager);
    }

    /**
     * Step {@code step}, counted from 0.
     *
     * @return {@code loss/classifier} and {@code accuracy/train}, both of this step's batch before its update
     */
    @Override
    public Map<String, Double> step(long step) {
        Network network = classifier.network();
        network.learning(true);
        TestScore score = pass(step);
        classifier.update(schedule.learningRate(step, stepsPerEpoch));
        network.learning(false);
        classifier.moveAverage(step);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(StepReport.CLASSIFIER_LOSS, score.loss());
        metrics.put(StepReport.TRAIN_ACCURACY, score.accuracy());
        return metrics;
    }

    private TestScore pass(long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Devices.engine().newGradientCollector()) {
            Feed.Batch batch = feed.batch(index);
            Map<String, NDArray> images = Map.of("image", NetworkValues.upload(scope, batch.values()));
            NDArray logits = classifier
                    .network()
                    .outputs(scope, Mode.TRAINING, images, noise.forPurpose(Long.toString(index)))
                    .get(LOGITS);
            NDArray value = loss.of(scope, logits, batch.classWeights());
            collector.backward(value);
            return TestScore.of(value, logits, batch.classWeights());
        }
    }

    /**
     * Loss and accuracy over all of {@code test}, in evaluation mode and of the moving average if there is one; the quality
     * is the accuracy.
     */
    @Override
    public Optional<Evaluation> evaluate(Dataset test) {
        return Optional.of(TestScore.evaluate(test, manager, telling(classifier.average())));
    }

    private ClassifierNetwork telling(Network network) {
        return new ClassifierNetwork(network, loss);
    }

    /** Images in [0, 1] as {@code image}, and the classifier's {@code logits} of 2·image − 1; {@code logits_ema} of the average. */
    @Override
    public Map<String, Tensor> golden() {
        Map<String, Tensor> golden = new LinkedHashMap<>();
        golden.put("image", goldenImages);
        golden.put(LOGITS, telling(classifier.network()).golden(manager, goldenImages));
        if (classifier.hasAverage()) {
            golden.put("logits_ema", telling(classifier.average()).golden(manager, goldenImages));
        }
        return golden;
    }

    @Override
    public Map<String, Map<String, Tensor>> state() {
        return classifier.state();
    }

    @Override
    public Set<String> parts() {
        return classifier.parts();
    }

    @Override
    public void restore(Map<String, Map<String, Tensor>> state, long steps) {
        classifier.restore(state, steps);
    }

    @Override
    public void close() {
        manager.close();
    }
}
