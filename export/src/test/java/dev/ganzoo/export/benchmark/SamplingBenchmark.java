package dev.ganzoo.export.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Images a second of the full-width SNGAN-projection generator, batch 16: the fluent API with what {@code ganzoo export}
 * writes, and ONNX Runtime with the straightforward export. {@code zoo/src/test/python/time_sampling.py} times PyTorch.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(SamplingBenchmark.BATCH)
@Fork(3)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class SamplingBenchmark {
    static final int BATCH = 16;
    private static final int LATENT = 128;
    private static final int CLASSES = 10;

    /** From the request to the images as floats, latents drawn anew each time. */
    @Benchmark
    public Tensor fluent(Fluent fluent) {
        return fluent.generator.sample(BATCH).seed(fluent.seed++).tensor();
    }

    /** The same latents each time, into the runtime's own memory. */
    @Benchmark
    public long straightforward(Straightforward network) throws OrtException {
        try (OrtSession.Result result = network.session.run(network.inputs)) {
            return result.size();
        }
    }

    /** The loaded package. */
    @State(Scope.Benchmark)
    public static class Fluent {
        private Path folder;
        private Generator generator;
        private long seed;

        /** Exports and loads. */
        @Setup(Level.Trial)
        public void load() throws IOException {
            folder = Files.createTempDirectory("ganzoo-benchmark");
            generator = FullWidthGenerator.load(folder);
        }

        /** Frees the network. */
        @TearDown(Level.Trial)
        public void close() {
            generator.close();
        }
    }

    /** ONNX Runtime with as many threads as the machine has cores. */
    @State(Scope.Benchmark)
    public static class Straightforward {
        private OrtSession session;
        private Map<String, OnnxTensor> inputs;

        /** Loads the network. */
        @Setup(Level.Trial)
        public void load() throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            session = environment.createSession(FullWidthGenerator.straightforward(), new OrtSession.SessionOptions());
            float[] latents = new float[BATCH * LATENT];
            float[] classes = new float[BATCH * CLASSES];
            for (int i = 0; i < latents.length; i++) {
                latents[i] = (float) Math.sin(i);
            }
            for (int i = 0; i < BATCH; i++) {
                classes[i * CLASSES + i % CLASSES] = 1;
            }
            inputs = Map.of(
                    "z", OnnxTensor.createTensor(environment, FloatBuffer.wrap(latents), new long[] {BATCH, LATENT}),
                    "class_weights",
                            OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(classes), new long[] {BATCH, CLASSES}));
        }

        /** Frees the network. */
        @TearDown(Level.Trial)
        public void close() throws OrtException {
            inputs.values().forEach(OnnxTensor::close);
            session.close();
        }
    }
}
