package dev.ganzoo.export.benchmark;

import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.FrechetDistance;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.metrics.KernelDistance;
import dev.ganzoo.zoo.metrics.Prdc;
import dev.ganzoo.zoo.metrics.Score;
import dev.ganzoo.zoo.random.Randomness;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Seconds of one measurement of features as wide as Inception's, from a cold start, in a heap of one gigabyte. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 2)
@State(Scope.Benchmark)
public class MetricsBenchmark {
    private static final int WIDTH = 2048;

    /** Images of either set. */
    @Param({"10000"})
    public int images;

    private Features real;
    private Features fake;

    /** Draws positive, correlated features. */
    @Setup
    public void draw() {
        real = features("real");
        fake = features("fake");
    }

    private Features features(String purpose) {
        Randomness randomness = Randomness.of(0).forPurpose(purpose);
        float[] values = new float[images * WIDTH];
        for (int row = 0; row < images; row++) {
            RandomGenerator random = randomness.at(row);
            double common = random.nextGaussian();
            for (int i = 0; i < WIDTH; i++) {
                values[row * WIDTH + i] = (float) Math.abs(random.nextGaussian() + common * i / WIDTH);
            }
        }
        return Features.of(values, images, WIDTH);
    }

    /** Both statistics and the distance. */
    @Benchmark
    public double frechet() {
        return FrechetDistance.between(GaussianStatistics.of(real), GaussianStatistics.of(fake));
    }

    /** 100 subsets of 1000. */
    @Benchmark
    public Score kernel() {
        return KernelDistance.of(real, fake, KernelDistance.SUBSETS, KernelDistance.SUBSET_SIZE, 0);
    }

    /** All four numbers, k = 5. */
    @Benchmark
    public Prdc prdc() {
        return Prdc.of(real, fake, 5);
    }
}
