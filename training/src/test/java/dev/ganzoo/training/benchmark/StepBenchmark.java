package dev.ganzoo.training.benchmark;

import dev.ganzoo.training.engine.AdversarialTraining;
import dev.ganzoo.training.engine.Feed;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One discriminator update and one generator update of a recipe, batch 64: what {@code
 * zoo/src/test/python/time_recipe_steps.py} times.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
public class StepBenchmark {
    private static final int BATCH = 64;

    /** Which recipe. */
    @Param({
        "dcgan",
        "dcgan-residual",
        "cdcgan",
        "sngan",
        "sngan-proj",
        "ssgan",
        "acgan-wgan-gp",
        "sagan",
        "biggan",
        "sgan",
        "wgan-gp",
        "lsgan"
    })
    public String recipe;

    /** Channels of the generator and of the discriminator. */
    @Param("64/64")
    public String channels;

    private AdversarialTraining training;
    private long step;

    /** Networks at their initial weights. */
    @Setup(Level.Trial)
    public void start() {
        Recipe named = Recipes.named(recipe);
        TrainingPlan plan = TrainingPlan.of(named, named.example(), 0).with(settings(named));
        Adversarial procedure = (Adversarial) plan.procedure();
        training = new AdversarialTraining(
                plan.networks(),
                procedure.game(),
                procedure.augmentation(),
                procedure.schedule(),
                NoiseFeed.of(plan.networks().generator(), plan.data().labels().size()),
                0,
                Device.cpu());
    }

    /** Of this size, one update each, and without dropout and moving average, which {@code time_recipe_steps.py} has not. */
    private Map<String, String> settings(Recipe named) {
        String[] widths = channels.split("/", 2);
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "ngf",
                widths[0],
                "ndf",
                widths[1],
                "width",
                widths[0],
                "batch",
                Integer.toString(BATCH),
                "discriminatorSteps",
                "1",
                "dropout",
                "0",
                "emaDecay",
                "0"));
        settings.keySet()
                .retainAll(TrainingPlan.of(named, named.example(), 0).settings().keySet());
        return settings;
    }

    /** One step. */
    @Benchmark
    public Map<String, Double> step() {
        return training.step(step++);
    }

    /** Frees the networks. */
    @TearDown(Level.Trial)
    public void stop() {
        training.close();
    }

    /** The same noise in every batch, made once: the benchmark is of the networks alone. */
    private record NoiseFeed(int classes, Batch images, Batch latents) implements Feed {
        static NoiseFeed of(Graph generator, int classes) {
            Shape latent = generator.inputs().stream()
                    .filter(input -> input.name().equals("z"))
                    .findFirst()
                    .orElseThrow()
                    .shape();
            return new NoiseFeed(classes, noise(generator.output().shape(), classes), noise(latent, classes));
        }

        @Override
        public Batch real(long index) {
            return images;
        }

        @Override
        public Batch labelled(double fraction, long index) {
            return images;
        }

        @Override
        public Batch discriminatorLatents(long index) {
            return latents;
        }

        @Override
        public Batch generatorLatents(long index) {
            return latents;
        }

        private static Batch noise(Shape shape, int classes) {
            Randomness randomness = Randomness.of(0).forPurpose("benchmark");
            Tensor values = Init.normal(0, 0.5).sample(shape.at(BATCH), randomness.at(shape.rank()));
            Tensor classWeights = Tensor.zeros(BATCH, classes);
            for (int i = 0; i < BATCH; i++) {
                classWeights.data()[i * classes + i % classes] = 1;
            }
            return new Batch(values, classWeights);
        }
    }
}
