package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class GeneratorTest {
    @TempDir
    static Path folder;

    private static Generator tiny;

    @BeforeAll
    static void load() throws Exception {
        tiny = Zoo.on(Device.cpu()).generator(TinyModels.write(folder.resolve("tiny.zip")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void knowsWhatItIs() {
        assertThat(tiny.name()).isEqualTo("tiny");
        assertThat(tiny.labels()).containsExactly("plane", "ship", "cat");
        assertThat(tiny.device()).isEqualTo(Device.cpu());
        assertThat(tiny).hasToString("Generator[tiny on cpu]");
    }

    @Test
    void computesWhatTheNetworkSays() {
        Tensor one = tiny.generate(Tensor.zeros(1, 8), Tensor.of(new float[] {0, 1, 0}, 1, 3));

        assertThat(one.shape()).containsExactly(1, 3, 4, 4);
        // tanh(E[1]) by NumPy.
        assertThat(Arrays.copyOf(one.data(), 3))
                .containsExactly(new float[] {-0.05437316f, 0.25640435f, 0.23539438f}, within(1e-6f));

        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        Tensor mixed = tiny.generate(Tensor.of(ones, 1, 8), Tensor.of(new float[] {0, 0.25f, 0.75f}, 1, 3));

        // tanh(ones W + E[1] / 4 + 3 E[2] / 4) by NumPy.
        assertThat(Arrays.copyOf(mixed.data(), 3))
                .containsExactly(new float[] {0.85671895f, -0.644097f, 0.25163405f}, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16, 33, 64})
    void aSampleDoesNotDependOnTheBatchItIsComputedIn(int count) {
        float[] expected = tiny.sample(64).seed(42).floats();

        float[] found = tiny.sample(count).seed(42).floats();

        assertThat(found).containsExactly(Arrays.copyOf(expected, found.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64})
    void norOnHowManyAreComputedAtOnce(int batch) {
        float[] expected = tiny.sample(70).seed(42).floats();
        try (Generator other = Zoo.on(Device.cpu()).batch(batch).threads(1).generator(folder.resolve("tiny.zip"))) {
            assertThat(other.sample(70).seed(42).floats()).containsExactly(expected);
        }
    }

    @Test
    void firstIndexGoesOnWhereOthersEnded() {
        float[] expected = tiny.sample(10).seed(1).floats();

        float[] found = tiny.sample(4).seed(1).firstIndex(6).floats();

        assertThat(found).containsExactly(Arrays.copyOfRange(expected, 6 * 48, 480));
    }

    @Test
    void tellsTheSeedThatItDrew() {
        SampleRequest request = tiny.sample(3);

        assertThat(tiny.sample(3).seed(request.seed()).floats()).containsExactly(request.floats());
        assertThat(tiny.sample(3).seed()).isNotEqualTo(request.seed());
    }

    @Test
    void samplesTellWhatTheyWereMadeFrom() {
        Sample sample =
                tiny.sample(2).ofClass("Ship").seed(9).truncation(0.5).samples().get(1);

        assertThat(sample.index()).isEqualTo(1);
        assertThat(sample.label()).isEqualTo(1);
        assertThat(sample.classWeights()).containsExactly(0, 1, 0);
        assertThat(sample.latent()).containsExactly(Latents.of(9, 1, 8, Truncation.scaled(0.5)));
        assertThat(tiny.generate(Tensor.of(sample.latent(), 1, 8), Tensor.of(sample.classWeights(), 1, 3)))
                .isEqualTo(sample.tensor());
        assertThat(sample.text())
                .containsEntry("model", "tiny")
                .containsEntry("seed", "9")
                .containsEntry("index", "1")
                .containsEntry("class", "ship")
                .containsEntry("truncation", "scaled:0.5");
    }

    @Test
    void classesByNameIndexInTurnEachMixedAndAtRandom() {
        assertThat(labels(tiny.sample(2).ofClass(2))).containsExactly(2, 2);
        assertThat(labels(tiny.sample(2).ofClass("1"))).containsExactly(1, 1);
        assertThat(labels(tiny.sample(3).ofClasses("cat", "plane"))).containsExactly(2, 0, 2);
        assertThat(labels(tiny.sample(2).eachClass())).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(labels(tiny.sample(2).eachClass().ofClass("cat"))).containsExactly(2, 2);
        assertThat(labels(tiny.sample(60).seed(3))).contains(0, 1, 2);
        Sample blend =
                tiny.sample(1).blend(Map.of("cat", 3.0, "ship", 1.0)).samples().get(0);
        assertThat(blend.label()).isEqualTo(-1);
        assertThat(blend.classWeights()).containsExactly(0, 0.25f, 0.75f);
    }

    private static List<Integer> labels(SampleRequest request) {
        return request.stream().map(Sample::label).toList();
    }

    @Test
    void requestsTellWhatTheyAskFor() {
        assertThat(tiny.sample(2).ofClasses("cat", "ship").seed(5).firstIndex(9).truncation(0.8))
                .hasToString("2 images of tiny: class cat, ship, seed 5 from sample 9, truncation scaled:0.8");
        assertThat(tiny.sample(1).blend(Map.of("cat", 1.0, "ship", 1.0)).seed(5))
                .hasToString("1 image of tiny: class 0.5 ship + 0.5 cat, seed 5, truncation none");
        assertThat(tiny.interpolate(9).seeds(1, 2).ofClass("cat"))
                .hasToString("9 frames of tiny: classes cat, seeds 1, 2, truncation none");
    }

    @Test
    void requestsAreImmutable() {
        SampleRequest request = tiny.sample(2).seed(5);
        float[] before = request.floats();

        request.ofClass("cat").truncation(0.1).seed(6).firstIndex(3);

        assertThat(request.floats()).containsExactly(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0     | count must be at least 1, got 0",
                "-4    | count must be at least 1, got -4",
            })
    void refusesCounts(int count, String message) {
        assertThatThrownBy(() -> tiny.sample(count))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatItCannotDoAndNamesTheOption() {
        assertRefused(
                () -> tiny.sample(1).ofClass("shp"),
                "class",
                "unknown class \"shp\"; did you mean \"ship\"? (known: plane, ship, cat)");
        assertRefused(() -> tiny.sample(1).ofClass(3), "class", "class must be in 0..2, got 3");
        assertRefused(() -> tiny.sample(1).truncation(-1), "truncation", "truncation must be in (0, 2], got -1");
        assertRefused(
                () -> tiny.sample(1).truncation(Double.NaN), "truncation", "truncation must be in (0, 2], got NaN");
        assertRefused(
                () -> tiny.sample(1).blend(Map.of("cat", -1.0)),
                "class",
                "weight of class \"cat\" must be at least 0, got -1.0");
        assertRefused(() -> tiny.sample(1).blend(Map.of()), "class", "class weights must not all be 0, got {}");
        assertRefused(() -> tiny.interpolate(1), "frames", "frames must be at least 2, got 1");
        assertRefused(() -> tiny.sample(1).scale(0), "scale", "scale must be in 1..64, got 0");
    }

    private static void assertRefused(Runnable action, String option, String message) {
        assertThatThrownBy(action::run)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.option()).isEqualTo(option));
    }

    @Test
    void unconditionalGeneratorsTakeNoClass() throws Exception {
        var card = TinyModels.card("grey").labels(List.of()).image(1, 4, 4).build();
        Path path = TinyModels.write(folder.resolve("grey"), card, "unconditional");
        try (Generator grey = Zoo.on(Device.cpu()).generator(path)) {
            assertThat(grey.sample(3).tensor().shape()).containsExactly(3, 1, 4, 4);
            assertThat(grey.sample(3).classWeights()).isNull();
            assertThat(grey.sample(1).samples().get(0).label()).isEqualTo(-1);
            assertThat(grey.interpolate(3).tensor().shape()).containsExactly(3, 1, 4, 4);
            assertRefused(
                    () -> grey.sample(1).ofClass("cat"),
                    "class",
                    "model \"grey\" knows no classes; leave the class out");
        }
    }

    @Test
    void refusesTensorsOfOtherShapes() {
        assertThatThrownBy(() -> tiny.generate(Tensor.zeros(2, 7), Tensor.zeros(2, 3)))
                .hasMessage("latents of model \"tiny\" must have shape (2, 8), got [2, 7]");
        assertThatThrownBy(() -> tiny.generate(Tensor.zeros(2, 8), null))
                .hasMessage("class weights of model \"tiny\" must have shape (2, 3), got null");
    }

    @Test
    void aLongStreamPassesThroughBoundedMemory() {
        // A hundred thousand images of 48 floats are 19 MB; what is in flight is one batch.
        long distinct = tiny.sample(100_000).seed(1).stream()
                .mapToInt(sample -> Float.floatToIntBits(sample.tensor().data()[0]))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(90_000);
    }

    @Test
    void aStreamComputesOnlyWhatIsTaken() {
        List<Long> taken = tiny.sample(Integer.MAX_VALUE).seed(1).stream()
                .map(Sample::index)
                .limit(3)
                .toList();
        assertThat(taken).containsExactly(0L, 1L, 2L);
    }

    @Test
    void useAfterCloseSaysSo() {
        Generator other = Zoo.on(Device.cpu()).generator(folder.resolve("tiny.zip"));
        SampleRequest request = other.sample(1);

        other.close();
        other.close();

        assertThatThrownBy(request::images)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("model \"tiny\" is closed; load it again to use it");
    }

    @Test
    void closingWhileOthersComputeIsSafe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                Generator other = Zoo.on(Device.cpu()).generator(folder.resolve("tiny.zip"));
                CountDownLatch started = new CountDownLatch(4);
                List<? extends Future<?>> runs = IntStream.range(0, 4)
                        .mapToObj(i -> threads.submit(() -> {
                            started.countDown();
                            while (true) {
                                other.sample(20).seed(1).floats();
                                started.countDown();
                            }
                        }))
                        .toList();
                started.await();

                other.close();

                for (Future<?> run : runs) {
                    assertThatThrownBy(run::get).hasRootCauseInstanceOf(IllegalStateException.class);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void severalThreadsGetTheSameImages() throws Exception {
        float[] expected = tiny.sample(40).seed(8).floats();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> runs = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> tiny.sample(40).seed(8).floats()))
                    .toList();
            for (Future<float[]> run : runs) {
                assertThat(run.get()).containsExactly(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void networksThatAreNotAsTheCardSaysAreRefused() throws Exception {
        assertNoContract(
                "fixed-batch",
                "inputs z[N, 8], class_weights[N, 3] as its card says, got z[1, 8], class_weights[1, 3]");
        assertNoContract("misnamed", "outputs image[N, 3, 4, 4] as its card says, got pixels[N, 3, 4, 4]");
        assertNoContract("unconditional", "inputs z[N, 8], class_weights[N, 3] as its card says, got z[N, 8]");
    }

    private static void assertNoContract(String network, String message) throws Exception {
        Path path = TinyModels.write(
                folder.resolve(network + ".zip"), TinyModels.card("bad").build(), network);
        assertThatThrownBy(() -> Zoo.on(Device.cpu()).generator(path))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(path + ": generator.onnx must have " + message);
    }

    @Test
    void weightsOutsideThePackageAreRefused() throws Exception {
        Path path = TinyModels.write(
                folder.resolve("external"), TinyModels.card("bad").build(), "external");
        Files.write(folder.resolve("external/weights.bin"), new byte[8 * 48 * 4]);
        assertThatThrownBy(() -> Zoo.on(Device.cpu()).generator(path))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("generator.onnx does not load")
                .hasMessageContaining("weights-outside-the-model-are-refused/weights.bin");
    }
}
