package dev.ganzoo.training.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.recipe.Objective;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.rewrite.Convolutions;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The step of every recipe with one generator and one discriminator: some updates of the discriminator, then one of the
 * generator (Goodfellow et al. 2014, algorithm 1).
 *
 * <p>All that changes from step to step is in {@link #state}; everything else is a function of the step's number. Not
 * thread-safe. Closing frees all native memory.
 */
public final class AdversarialTraining implements AutoCloseable {
    private static final String ENGINE = "PyTorch";
    private static final Rewriter FASTER = Rewriter.with(Convolutions.rules());

    private final NDManager manager;
    private final Schedule schedule;
    private final Feed feed;
    private final Network generator;
    private final Network discriminator;
    private final Network average;
    private final MovingAverage movingAverage;
    private final Adam generatorOptimizer;
    private final Adam discriminatorOptimizer;
    private final Network discriminatorLoss;
    private final Network generatorLoss;

    /**
     * A training at its very start; all initial weights are functions of {@code seed}.
     *
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public AdversarialTraining(
            Networks<?> networks, Objective objective, Schedule schedule, Feed feed, long seed, Device device) {
        Engine engine = Engine.getEngine(ENGINE);
        this.manager = engine.newBaseManager(Devices.resolve(device, engine));
        this.schedule = schedule;
        this.feed = feed;
        this.generator = Network.initialize(FASTER.rewrite(networks.generator()), seed, manager);
        this.discriminator = Network.initialize(FASTER.rewrite(networks.discriminator()), seed, manager);
        this.average = Network.restore(generator.graph(), generator.toTensors(), manager);
        this.movingAverage = new MovingAverage(generator, average, schedule.emaDecay(), schedule.emaStart());
        this.generatorOptimizer = new Adam(generator, schedule.beta1(), schedule.beta2());
        this.discriminatorOptimizer = new Adam(discriminator, schedule.beta1(), schedule.beta2());
        this.discriminatorLoss = Network.restore(objective.discriminatorGraph(), Map.of(), manager);
        this.generatorLoss = Network.restore(objective.generatorGraph(), Map.of(), manager);
    }

    /**
     * Generator step {@code step}, counted from 0, with the discriminator steps before it.
     *
     * @return {@code loss/discriminator} (mean over the discriminator steps), {@code loss/generator}, {@code score/real} and
     *     {@code score/fake} (mean D(x) and D(G(z)) in the last discriminator step)
     */
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
        if (schedule.hasMovingAverage()) {
            movingAverage.update(step);
        }
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
        discriminatorOptimizer.update(learningRate);
        return sum.dividedBy(schedule.accumulation());
    }

    private DiscriminatorPass discriminatorPass(long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getEngine(ENGINE).newGradientCollector()) {
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
        generatorOptimizer.update(learningRate);
        return sum / schedule.accumulation();
    }

    private double generatorPass(long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getEngine(ENGINE).newGradientCollector()) {
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

    /** The same of the moving average. */
    public Tensor sampleAverage(Feed.Batch latents) {
        return sample(average, latents);
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

    /** The names under which {@link #state} keeps its parts. */
    public enum Part {
        /** The generator's parameters and buffers. */
        GENERATOR("generator"),
        /** Their moving average. */
        GENERATOR_EMA("generator-ema"),
        /** The discriminator's parameters and buffers. */
        DISCRIMINATOR("discriminator"),
        /** The generator's Adam moments. */
        OPTIMIZER_GENERATOR("optimizer-generator"),
        /** The discriminator's Adam moments. */
        OPTIMIZER_DISCRIMINATOR("optimizer-discriminator");

        private final String fileName;

        Part(String fileName) {
            this.fileName = fileName;
        }

        /** The name of the part's file in a checkpoint, without its ending. */
        public String fileName() {
            return fileName;
        }
    }

    /** Copies of all that changes in training. */
    public Map<Part, Map<String, Tensor>> state() {
        Map<Part, Map<String, Tensor>> state = new LinkedHashMap<>();
        state.put(Part.GENERATOR, generator.toTensors());
        if (schedule.hasMovingAverage()) {
            state.put(Part.GENERATOR_EMA, average.toTensors());
        }
        state.put(Part.DISCRIMINATOR, discriminator.toTensors());
        state.put(Part.OPTIMIZER_GENERATOR, generatorOptimizer.toTensors());
        state.put(Part.OPTIMIZER_DISCRIMINATOR, discriminatorOptimizer.toTensors());
        return state;
    }

    /** The parts of {@link #state}. */
    public Set<Part> parts() {
        return schedule.hasMovingAverage()
                ? EnumSet.allOf(Part.class)
                : EnumSet.complementOf(EnumSet.of(Part.GENERATOR_EMA));
    }

    /**
     * Takes up the state that {@link #state} gave after {@code steps} generator steps.
     *
     * @throws IllegalArgumentException if a tensor is missing, superfluous or of another shape, naming it
     */
    public void restore(Map<Part, Map<String, Tensor>> state, long steps) {
        generator.assign(state.get(Part.GENERATOR));
        discriminator.assign(state.get(Part.DISCRIMINATOR));
        average.assign(state.get(schedule.hasMovingAverage() ? Part.GENERATOR_EMA : Part.GENERATOR));
        generatorOptimizer.restore(state.get(Part.OPTIMIZER_GENERATOR), steps);
        discriminatorOptimizer.restore(state.get(Part.OPTIMIZER_DISCRIMINATOR), steps * schedule.discriminatorSteps());
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
