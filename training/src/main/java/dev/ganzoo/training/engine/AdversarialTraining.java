package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.architecture.ClassHead;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The step of every recipe with one generator and one discriminator: some updates of the discriminator, then one of the
 * generator (Goodfellow et al. 2014, algorithm 1).
 *
 * <p>The parts of its state are {@code generator}, {@code generator-ema} if there is a moving average, {@code
 * discriminator}, {@code optimizer-generator} and {@code optimizer-discriminator}, and {@code augmentation} if that adapts.
 */
public final class AdversarialTraining implements Training {
    private static final int GOLDEN_PER_CLASS = 2;
    private static final int GOLDEN_REAL = 16;
    private static final String LATENT = "z";
    private static final String CLASS_WEIGHTS = "class_weights";
    private static final String IMAGE = "image";

    private final NDManager manager;
    private final Schedule schedule;
    private final Feed feed;
    private final long seed;
    private final Network generator;
    private final Discriminator discriminator;
    private final Optional<ClassifierNetwork> classifier;
    private final Player generatorPlayer;
    private final Player discriminatorPlayer;
    private final Changes changes;
    private final Augmenter augmenter;
    private boolean statisticsStand;

    /**
     * A training at its very start; all initial weights are functions of {@code seed}.
     *
     * @throws IllegalArgumentException if a network lacks what a loss needs
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public AdversarialTraining(
            Networks<?> networks,
            Game game,
            DiscriminatorAugmentation augmentation,
            Schedule schedule,
            Feed feed,
            long seed,
            Device device) {
        this.manager = Devices.newManager(device);
        this.schedule = schedule;
        this.feed = feed;
        this.seed = seed;
        this.generator = Network.initialize(Network.FASTER.rewrite(networks.generator()), seed, manager);
        Network judge = Network.initialize(Network.FASTER.rewrite(networks.discriminator()), seed, manager);
        this.discriminator = new Discriminator(judge);
        this.classifier = discriminator.classifier(feed.classes(), manager);
        Randomness randomness = Randomness.of(seed).forPurpose("views");
        this.discriminatorPlayer = Player.of(
                Learner.of(judge, adam(judge)),
                game.discriminatorAim(judge.graph(), feed.classes()),
                schedule.discriminatorLearningRate(),
                feed::discriminatorLatents,
                randomness);
        this.generatorPlayer = Player.of(
                Learner.of(generator, adam(generator), schedule.emaDecay(), schedule.emaStart(), manager),
                game.generatorAim(judge.graph(), generator.graph(), feed.classes()),
                schedule.generatorLearningRate(),
                feed::generatorLatents,
                randomness);
        Shape shape = generator.graph().output().shape();
        this.changes = new Changes(manager, shape);
        this.augmenter = new Augmenter(augmentation, changes, shape);
    }

    private Adam adam(Network network) {
        return new Adam(network, schedule.beta1(), schedule.beta2());
    }

    /**
     * Generator step {@code step}, counted from 0, with the discriminator steps before it.
     *
     * @return the metrics of the discriminator's aim, means over its steps, and those of the generator's
     */
    @Override
    public Map<String, Double> step(long step) {
        double factor = schedule.decay().factor(step, schedule.steps());
        Means metrics = new Means();
        for (int i = 0; i < schedule.discriminatorSteps(); i++) {
            Map<String, Double> seen = update(discriminatorPlayer, step * schedule.discriminatorSteps() + i, factor);
            augmenter.observe(seen.get(Game.REAL_SIGN), (long) schedule.batch() * schedule.accumulation());
            metrics.add(seen);
        }
        metrics.add(update(generatorPlayer, step, factor));
        metrics.add(augmenter.metrics());
        generatorPlayer.learner().moveAverage(step);
        statisticsStand = false;
        return metrics.values();
    }

    /** One update of one player; with accumulation, by the mean gradient of several passes. */
    private Map<String, Double> update(Player player, long index, double factor) {
        Means metrics = new Means();
        player.network().learning(true);
        for (int pass = 0; pass < schedule.accumulation(); pass++) {
            metrics.add(pass(player, index * schedule.accumulation() + pass));
        }
        player.learner().update(factor * player.learningRate());
        player.network().learning(false);
        return metrics.values();
    }

    /** Shows the discriminator all that the player's aim asks about, and adds to the player's gradients. */
    private Map<String, Double> pass(Player player, long index) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Devices.engine().newGradientCollector()) {
            Randomness noise = player.noise(index);
            Gallery gallery = new Gallery(
                    scope,
                    feed,
                    index,
                    () -> generate(scope, player.latents().apply(index), noise),
                    augmenter,
                    changes,
                    player.randomness());
            Map<String, NDArray> answers = new HashMap<>();
            for (Aim.Question question : player.aim().questions()) {
                answers.putAll(discriminator.answer(scope, question, gallery.show(question.view()), noise));
            }
            Map<String, NDArray> numbers = player.loss().outputs(scope, Mode.TRAINING, answers);
            NDArray loss = numbers.values().iterator().next();
            collector.backward(loss.div(Scopes.number(schedule.accumulation(), scope)));
            return floats(numbers);
        }
    }

    private Shown generate(NDManager scope, Feed.Batch latents, Randomness noise) {
        Map<String, NDArray> inputs = inputs(scope, latents);
        NDArray images = generator.outputs(scope, Mode.TRAINING, inputs, noise).get(IMAGE);
        return new Shown(images, inputs.get(CLASS_WEIGHTS));
    }

    private static Map<String, Double> floats(Map<String, NDArray> numbers) {
        Map<String, Double> floats = new LinkedHashMap<>();
        numbers.forEach((name, number) -> floats.put(name, (double) number.getFloat()));
        return floats;
    }

    /** Images (N, C, H, W) in [−1, 1] of the generator in evaluation mode, for latents and class weights. */
    public Tensor sample(Feed.Batch latents) {
        return sample(generator, latents);
    }

    /** The same of the moving average, or of the generator if none is kept. */
    public Tensor sampleAverage(Feed.Batch latents) {
        return sample(generatorPlayer.learner().average(), latents);
    }

    private Tensor sample(Network network, Feed.Batch latents) {
        standStatistics();
        try (NDManager scope = manager.newSubManager()) {
            return NetworkValues.download(network.forward(scope, Mode.EVALUATION, inputs(scope, latents)));
        }
    }

    private static Map<String, NDArray> inputs(NDManager scope, Feed.Batch latents) {
        return Map.of(
                LATENT, NetworkValues.upload(scope, latents.values()),
                CLASS_WEIGHTS, NetworkValues.upload(scope, latents.classWeights()));
    }

    /** Gives the generator and its average, if the schedule wants it, the statistics of their weights at hand. */
    private void standStatistics() {
        if (statisticsStand || schedule.standingBatches() == 0) {
            return;
        }
        for (Network network : generatorPlayer.learner().networks()) {
            StandingStatistics.refresh(
                    network,
                    schedule.standingBatches(),
                    manager,
                    batch -> scope -> inputs(scope, unusedLatents(batch)));
        }
        statisticsStand = true;
    }

    /** Training counts its batches from 0. */
    private Feed.Batch unusedLatents(int batch) {
        return feed.generatorLatents(-1 - batch);
    }

    /** How well the discriminator tells classes, if it has an output for them; the quality is the accuracy. */
    @Override
    public Optional<Evaluation> evaluate(Dataset test) {
        return classifier.map(telling -> TestScore.evaluate(test, manager, telling));
    }

    @Override
    public Optional<Sampler> sampler() {
        return Optional.of(new Sampler() {
            @Override
            public int latent() {
                return input(LATENT).orElseThrow().shape().extent(1);
            }

            @Override
            public boolean averaged() {
                return generatorPlayer.learner().hasAverage();
            }

            @Override
            public Tensor sample(Tensor latents, int... labels) {
                return sampleAverage(new Feed.Batch(latents, Labels.oneHot(labels, feed.classes())));
            }
        });
    }

    /** Of the moving average if there is one; a row of {@value #SAMPLES_PER_ROW} images a class. */
    @Override
    public Optional<Tensor> samples() {
        return Optional.of(sampleAverage(fixedLatents(SAMPLES_PER_ROW)));
    }

    /**
     * {@code z}, {@code class_weights} if the generator takes them, its {@code image} of them, and {@code image_ema} of its
     * average; of a discriminator that tells classes also {@code real_image} in [0, 1] and its {@code class_logits} of 2 ·
     * real_image − 1, without those of what is in no class.
     */
    @Override
    public Map<String, Tensor> golden() {
        Feed.Batch latents = fixedLatents(GOLDEN_PER_CLASS);
        Map<String, Tensor> golden = new LinkedHashMap<>();
        golden.put(LATENT, latents.values());
        if (input(CLASS_WEIGHTS).isPresent()) {
            golden.put(CLASS_WEIGHTS, latents.classWeights());
        }
        golden.put(IMAGE, sample(latents));
        if (generatorPlayer.learner().hasAverage()) {
            golden.put("image_ema", sampleAverage(latents));
        }
        classifier.ifPresent(telling -> {
            Tensor pixels = UnitImages.fromSigned(firstOf(feed.real(0).values()));
            golden.put("real_image", pixels);
            golden.put(ClassHead.OUTPUT, telling.golden(manager, pixels));
        });
        return golden;
    }

    private static Tensor firstOf(Tensor images) {
        int[] shape = images.shape().clone();
        shape[0] = Math.min(shape[0], GOLDEN_REAL);
        return Tensor.of(Arrays.copyOf(images.data(), (int) Tensor.count(shape)), shape);
    }

    private Feed.Batch fixedLatents(int perClass) {
        int latent = input(LATENT).orElseThrow().shape().extent(1);
        return DatasetFeed.fixedLatents(feed.classes(), perClass, latent, seed);
    }

    private Optional<Node> input(String name) {
        return generator.graph().inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst();
    }

    @Override
    public Map<String, Map<String, Tensor>> state() {
        standStatistics();
        Map<String, Map<String, Tensor>> state = generatorPlayer.learner().state();
        state.putAll(discriminatorPlayer.learner().state());
        state.putAll(augmenter.state());
        return state;
    }

    @Override
    public Set<String> parts() {
        Set<String> parts = new TreeSet<>(generatorPlayer.learner().parts());
        parts.addAll(discriminatorPlayer.learner().parts());
        parts.addAll(augmenter.parts());
        return parts;
    }

    @Override
    public void restore(Map<String, Map<String, Tensor>> state, long steps) {
        generatorPlayer.learner().restore(state, steps);
        discriminatorPlayer.learner().restore(state, steps * schedule.discriminatorSteps());
        augmenter.restore(state);
        statisticsStand = false;
    }

    @Override
    public void close() {
        manager.close();
    }
}
