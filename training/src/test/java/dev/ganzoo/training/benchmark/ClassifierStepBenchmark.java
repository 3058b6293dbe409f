package dev.ganzoo.training.benchmark;

import dev.ganzoo.training.engine.Feed;
import dev.ganzoo.training.engine.SupervisedTraining;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.recipe.EpochSchedule;
import dev.ganzoo.zoo.architecture.EightConvolutions;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
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

/** One step of the classifier, batch 128: what {@code zoo/src/test/python/time_classifier_step.py} times. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
public class ClassifierStepBenchmark {
    private static final int BATCH = 128;
    private static final int CLASSES = 10;

    /** The channels of every convolution. */
    @Param({"64", "96", "128", "196"})
    public int width;

    private SupervisedTraining training;
    private long step;

    /** A network at its initial weights, and one batch of noise, made once: the benchmark is of the network alone. */
    @Setup(Level.Trial)
    public void start() {
        Randomness randomness = Randomness.of(0).forPurpose("benchmark");
        Tensor images = Init.normal(0, 0.5).sample(new int[] {BATCH, 3, 32, 32}, randomness.at(0));
        Tensor classWeights = Tensor.zeros(BATCH, CLASSES);
        for (int i = 0; i < BATCH; i++) {
            classWeights.data()[i * CLASSES + i % CLASSES] = 1;
        }
        Feed.Batch batch = new Feed.Batch(images, classWeights);
        training = new SupervisedTraining(
                EightConvolutions.classifier(new EightConvolutions.Spec(CLASSES, 3, 32, width)),
                Objectives.crossEntropy(),
                EpochSchedule.dropping(1_000, BATCH, 1e-4),
                390,
                index -> batch,
                images,
                0,
                Device.cpu());
    }

    /** One step. */
    @Benchmark
    public Map<String, Double> step() {
        return training.step(step++);
    }

    /** Frees the network. */
    @TearDown(Level.Trial)
    public void stop() {
        training.close();
    }
}
