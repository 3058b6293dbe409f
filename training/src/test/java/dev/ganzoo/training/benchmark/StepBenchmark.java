package dev.ganzoo.training.benchmark;

import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.engine.AdversarialTraining;
import dev.ganzoo.training.engine.Feed;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
 * One discriminator update and one generator update of SNGAN-projection, batch 64: what {@code
 * zoo/src/test/python/time_step.py} times as {@code cycle_1_1}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
public class StepBenchmark {
    private static final int BATCH = 64;
    private static final int CLASSES = 10;
    private static final int LATENT = 128;

    /** Channels of the generator and of the discriminator. */
    @Param({"64/64", "256/128"})
    public String channels;

    private AdversarialTraining training;
    private long step;

    /** Networks at their initial weights. */
    @Setup(Level.Trial)
    public void start() {
        String[] widths = channels.split("/", 2);
        ResidualGan.Spec spec = new ResidualGan.Spec(
                LATENT,
                CLASSES,
                3,
                Integer.parseInt(widths[0]),
                Integer.parseInt(widths[1]),
                Interpolation.NEAREST,
                false,
                Pooling.SUM);
        training = new AdversarialTraining(
                Architectures.RESIDUAL.networks(spec),
                Game.of(Objectives.hinge()),
                DiscriminatorAugmentation.NONE,
                Schedule.steps(1_000_000).batch(BATCH),
                new NoiseFeed(),
                0,
                Device.cpu());
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
    private static final class NoiseFeed implements Feed {
        private final Batch images = noise(BATCH, 3, 32, 32);
        private final Batch latents = noise(BATCH, LATENT);

        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public Batch real(long index) {
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

        private static Batch noise(int... shape) {
            RandomGenerator random = Randomness.of(0).forPurpose("benchmark").at(shape.length);
            Tensor values = Tensor.zeros(shape);
            for (int i = 0; i < values.size(); i++) {
                values.data()[i] = (float) (random.nextGaussian() / 2);
            }
            Tensor classWeights = Tensor.zeros(BATCH, CLASSES);
            for (int i = 0; i < BATCH; i++) {
                classWeights.data()[i * CLASSES + i % CLASSES] = 1;
            }
            return new Batch(values, classWeights);
        }
    }
}
