package dev.ganzoo.export.benchmark;

import dev.ganzoo.export.ClassifierImport;
import dev.ganzoo.export.Normalization;
import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.architecture.EightConvolutions;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of PGD a second on the course's classifier through the fluent API, from the image and without early stop, one pass
 * before and one after {@value #STEPS} steps included. {@code zoo/src/test/python/time_pgd.py} times PyTorch.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(PgdBenchmark.STEPS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 5)
@State(Scope.Benchmark)
public class PgdBenchmark {
    static final int STEPS = 20;
    private static final int IMAGES = 64;

    /** Channels of each convolution. */
    @Param({"64", "96"})
    public int width;

    /** Images at once, of {@value #IMAGES}; so many as a classifier is loaded for by default. */
    @Param("16")
    public int batch;

    /** For which devices the package is rewritten. */
    @Param("GPU")
    public Target target;

    private Path folder;
    private Classifier classifier;
    private Tensor images;

    /** Writes a package with random weights and loads it. */
    @Setup(Level.Trial)
    public void load() throws IOException {
        Graph graph = EightConvolutions.classifier(new EightConvolutions.Spec(10, 3, 32, width));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Node leaf : graph.states()) {
            Op.State state = (Op.State) leaf.op();
            Randomness randomness = Randomness.of(0).forPurpose(state.name());
            weights.put(state.name(), state.init().sample(leaf.shape().extents(), randomness.at(0)));
        }
        folder = Files.createTempDirectory("ganzoo-benchmark");
        Path file = folder.resolve("classifier.onnx");
        OnnxModel.of(Weights.bind(graph, weights)).write(file);
        Path place = folder.resolve("classifier.zip");
        ClassifierImport.of(file)
                .normalization(Normalization.SYMMETRIC)
                .layers(List.of())
                .target(target)
                .write(place);
        classifier = Zoo.on(Device.cpu()).batch(batch).classifier(place);
        images = Tensor.zeros(IMAGES, 3, 32, 32);
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = (float) (0.5 + 0.5 * Math.sin(i));
        }
    }

    /** One attack on all images. */
    @Benchmark
    public AttackResult pgd() {
        return classifier
                .attack(images)
                .pgd()
                .epsilon(8, 255)
                .step(2, 255)
                .steps(STEPS)
                .randomStart(false)
                .earlyStop(false)
                .run();
    }

    /** Frees the network and removes the package. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        classifier.close();
        Files.deleteIfExists(folder.resolve("classifier.onnx"));
        Files.deleteIfExists(folder.resolve("classifier.zip"));
        Files.deleteIfExists(folder);
    }
}
