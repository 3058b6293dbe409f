package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.recipe.Objective;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The step of every recipe with one generator and one discriminator: some updates of the discriminator, then one of the
 * generator (Goodfellow et al. 2014, algorithm 1).
 *
 * <p>The parts of its state are {@code generator}, {@code generator-ema} if there is a moving average, {@code
 * discriminator}, {@code optimizer-generator} and {@code optimizer-discriminator}.
 */
public final class AdversarialTraining implements Training {
    private static final int GOLDEN_PER_CLASS = 2;

    private final NDManager manager;
    private final Schedule schedule;
    private final Feed feed;
    private final long seed;
    private final Learner generatorLearner;
    private final Learner discriminatorLearner;
    private final Network generator;
    private final Network discriminator;
    private final Network discriminatorLoss;
    private final Network generatorLoss;

    /**
     * A training at its very start; all initial weights are functions of {@code seed}.
     *
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public AdversarialTraining(
            Networks<?> networks, Objective objective, Schedule schedule, Feed feed, long seed, Device device) {
        this.manager = Devices.newManager(device);
        this.schedule = schedule;
        this.feed = feed;
        this.seed = seed;
        this.generator = Network.initialize(Network.FASTER.rewrite(networks.generator()), seed, manager);
        this.discriminator = Network.initialize(Network.FASTER.rewrite(networks.discriminator()), seed, manager);
        this.generatorLearner =
                Learner.of(generator, adam(generator), schedule.emaDecay(), schedule.emaStart(), manager);
        this.discriminatorLearner = Learner.of(discriminator, adam(discriminator));
        this.discriminatorLoss = Network.restore(objective.discriminatorGraph(), Map.of(), manager);
        this.generatorLoss = Network.restore(objective.generatorGraph(), Map.of(), manager);
    }

    private Adam adam(Network network) {
        return new Adam(network, schedule.beta1(), schedule.beta2());
    }

    /**
     * Generator step {@code step}, counted from 0, with the discriminator steps before it.
     *
     * @return {@code loss/discriminator} (mean over the discriminator steps), {@code loss/generator}, {@code score/real} and
     *     {@code score/fake} (mean D(x) and D(G(z)) in the last discriminator step)
     */
    @Override
    public Map<String, Double> step(long step) {
        double factor = schedule.decay().factor(step, schedule.steps());
        double loss = 0;
        DiscriminatorPass last = null;
        generator.learning(false);
        discriminator.learning(true);
        for (int i = 0; i < schedule.discriminatorSteps(); i++) {
            last = discriminatorStep(
                    step * schedule.discriminatorSteps() + i, factor * schedule.discriminatorLearningRate());
            loss += last.loss() / schedule.discriminatorSteps();
        }
        generator.learning(true);
        discriminator.learning(false);
        double generatorLossValue = generatorStep(step, factor * schedule.generatorLearningRate());
        generator.learning(false);
        generatorLearner.moveAverage(step);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(StepReport.DISCRIMINATOR_LOSS, loss);
        metrics.put(StepReport.GENERATOR_LOSS, generatorLossValue);
        metrics.put(StepReport.REAL_SCORE, last.real());
        metrics.put(StepReport.FAKE_SCORE, last.fake());
        return metrics;
    }

    private DiscriminatorPass discriminatorStep(long index, double learningRate) {
        DiscriminatorPass sum = new DiscriminatorPass(0, 0, 0);
        for (int pass = 0; pass < schedule.accumulation(); pass++) {
            sum = sum.plus(discriminatorPass(index * schedule.accumulation() + pass));
        }
        discriminatorLearner.update(learningRate);
        return sum.dividedBy(schedule.accumulation());
    }

    private DiscriminatorPass discriminatorPass(long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Devices.engine().newGradientCollector()) {
            Feed.Batch latents = feed.discriminatorLatents(index);
            Feed.Batch images = feed.real(index);
            NDArray classes = upload(scope, latents.classWeights());
            NDArray fakes = generator.forward(
                    scope, Mode.TRAINING, Map.of("z", upload(scope, latents.values()), "class_weights", classes));
            NDArray real = judge(scope, upload(scope, images.values()), upload(scope, images.classWeights()));
            NDArray fake = judge(scope, fakes, classes);
            NDArray loss =
                    discriminatorLoss.forward(scope, Mode.TRAINING, Map.of(Objective.REAL, real, Objective.FAKE, fake));
            collector.backward(loss.div(schedule.accumulation()));
            return new DiscriminatorPass(
                    loss.getFloat(), real.mean().getFloat(), fake.mean().getFloat());
        }
    }

    private double generatorStep(long step, double learningRate) {
        double sum = 0;
        for (int pass = 0; pass < schedule.accumulation(); pass++) {
            sum += generatorPass(step * schedule.accumulation() + pass);
        }
        generatorLearner.update(learningRate);
        return sum / schedule.accumulation();
    }

    private double generatorPass(long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Devices.engine().newGradientCollector()) {
            Feed.Batch latents = feed.generatorLatents(index);
            NDArray classes = upload(scope, latents.classWeights());
            NDArray fakes = generator.forward(
                    scope, Mode.TRAINING, Map.of("z", upload(scope, latents.values()), "class_weights", classes));
            NDArray loss =
                    generatorLoss.forward(scope, Mode.TRAINING, Map.of(Objective.FAKE, judge(scope, fakes, classes)));
            collector.backward(loss.div(schedule.accumulation()));
            return loss.getFloat();
        }
    }

    private NDArray judge(NDManager scope, NDArray images, NDArray classes) {
        return discriminator.forward(scope, Mode.TRAINING, Map.of("image", images, "class_weights", classes));
    }

    /** Images (N, C, H, W) in [−1, 1] of the generator in evaluation mode, for latents and class weights. */
    public Tensor sample(Feed.Batch latents) {
        return sample(generator, latents);
    }

    /** The same of the moving average, or of the generator if none is kept. */
    public Tensor sampleAverage(Feed.Batch latents) {
        return sample(generatorLearner.average(), latents);
    }

    private Tensor sample(Network network, Feed.Batch latents) {
        try (NDManager scope = manager.newSubManager()) {
            return NetworkValues.download(network.forward(
                    scope,
                    Mode.EVALUATION,
                    Map.of(
                            "z",
                            upload(scope, latents.values()),
                            "class_weights",
                            upload(scope, latents.classWeights()))));
        }
    }

    private static NDArray upload(NDManager scope, Tensor tensor) {
        return NetworkValues.upload(scope, tensor);
    }

    /** Of the moving average if there is one; a row of {@value #SAMPLES_PER_ROW} images a class. */
    @Override
    public Optional<Tensor> samples() {
        return Optional.of(sampleAverage(fixedLatents(SAMPLES_PER_ROW)));
    }

    /** {@code z} and {@code class_weights}, the generator's {@code image} of them, and {@code image_ema} of its average. */
    @Override
    public Map<String, Tensor> golden() {
        Feed.Batch latents = fixedLatents(GOLDEN_PER_CLASS);
        Map<String, Tensor> golden = new LinkedHashMap<>();
        golden.put("z", latents.values());
        golden.put("class_weights", latents.classWeights());
        golden.put("image", sample(latents));
        if (generatorLearner.hasAverage()) {
            golden.put("image_ema", sampleAverage(latents));
        }
        return golden;
    }

    private Feed.Batch fixedLatents(int perClass) {
        Map<String, Shape> inputs =
                generator.graph().inputs().stream().collect(Collectors.toMap(Node::name, Node::shape));
        return DatasetFeed.fixedLatents(
                inputs.get("class_weights").extent(1), perClass, inputs.get("z").extent(1), seed);
    }

    @Override
    public Map<String, Map<String, Tensor>> state() {
        Map<String, Map<String, Tensor>> state = generatorLearner.state();
        state.putAll(discriminatorLearner.state());
        return state;
    }

    @Override
    public Set<String> parts() {
        Set<String> parts = new TreeSet<>(generatorLearner.parts());
        parts.addAll(discriminatorLearner.parts());
        return parts;
    }

    @Override
    public void restore(Map<String, Map<String, Tensor>> state, long steps) {
        generatorLearner.restore(state, steps);
        discriminatorLearner.restore(state, steps * schedule.discriminatorSteps());
    }

    @Override
    public void close() {
        manager.close();
    }

    private record DiscriminatorPass(double loss, double real, double fake) {
        DiscriminatorPass plus(DiscriminatorPass other) {
            return new DiscriminatorPass(loss + other.loss, real + other.real, fake + other.fake);
        }

        DiscriminatorPass dividedBy(int count) {
            return new DiscriminatorPass(loss / count, real / count, fake / count);
        }
    }
}
