package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class VisualizationTest {
    private static final int SIDE = 12;

    private final FilterNetwork network = withMean(FilterNetwork.gabor(3, SIDE, 4));
    private final Visualizer visualizer = Visualizer.of(network);

    private static FilterNetwork withMean(FilterNetwork network) {
        network.mean = Optional.of(Tensor.of(Vectors.pixels("mean", 3 * SIDE * SIDE), 3, SIDE, SIDE));
        return network;
    }

    /** The values of image {@code n}. */
    private static float[] image(Visualization found, int n) {
        int size = 3 * SIDE * SIDE;
        return Arrays.copyOfRange(found.images().data(), n * size, (n + 1) * size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"course", "modern"})
    void everyPresetMaximises(String preset) {
        for (VisualizationRequest request :
                List.of(visualizer.classes(), visualizer.layer("conv").channels())) {
            Visualization found = request.preset(preset).steps(60).run();

            assertThat(found.complete()).isTrue();
            assertThat(found.withoutGradient()).isEmpty();
            assertThat(found.images().shape()).containsExactly(4, 3, SIDE, SIDE);
            for (float pixel : found.images().data()) {
                assertThat(pixel).isBetween(0f, 1f);
            }
            for (int n = 0; n < 4; n++) {
                assertThat(found.objectives(n)).hasSize(61);
                assertThat(found.objectives()[n]).isGreaterThan(found.objectives(n)[0] + 0.15f);
            }
        }
    }

    @Test
    void filtersFindTheirOwnOrientation() {
        float[][] gabors = new float[4][];
        for (int n = 0; n < 4; n++) {
            gabors[n] = image(visualizer.layer("conv").neuron(n, 1, 1).steps(60).run(), 0);
        }

        for (int n = 0; n < 4; n++) {
            LayerObjective all = LayerObjective.zeros(1, network.layer("conv").layer());
            float[] responses = new float[4];
            for (int c = 0; c < 4; c++) {
                Arrays.fill(all.max().data(), 0);
                all.max().data()[c] = 1;
                Tensor image = Tensor.of(gabors[n], 1, 3, SIDE, SIDE);
                responses[c] =
                        network.layer("conv").gradient(image, all).values().data()[0];
            }
            for (int c = 0; c < 4; c++) {
                assertThat(responses[c]).isLessThanOrEqualTo(responses[n]);
            }
        }
    }

    @Test
    void everyTransformationAndPenaltyStillMaximises() {
        Visualization found = visualizer
                .classes("dog")
                .jitter(2)
                .scale(0.1)
                .rotation(10)
                .totalVariation(1e-3)
                .l2(1e-4)
                .l3(1e-4)
                .blur(1e-3)
                .steps(60)
                .run();

        assertThat(found.objectives()[0]).isGreaterThan(found.objectives(0)[0] + 0.3f);
    }

    @Test
    void penaltiesDoWhatTheyAreFor() {
        VisualizationRequest request =
                visualizer.classes("dog").jitter(0).totalVariation(0).steps(60);
        float[] free = image(request.run(), 0);

        for (Penalty penalty : Penalty.values()) {
            VisualizationRequest penalised = switch (penalty) {
                case TOTAL_VARIATION -> request.totalVariation(0.05);
                case L2 -> request.l2(0.05);
                case L3 -> request.l3(0.05);
                case BLUR -> request.blur(0.5);
            };
            assertThat(penalty.add(image(penalised.run(), 0), SIDE, SIDE, 0, new float[free.length]))
                    .as("%s", penalty)
                    .isLessThan(penalty.add(free, SIDE, SIDE, 0, new float[free.length]));
        }
    }

    @Test
    void anImageDoesNotDependOnWhatElseIsAskedFor() {
        VisualizationRequest all =
                visualizer.layer("conv").channels().jitter(2).steps(8).seed(3);
        Visualization together = all.run();
        Visualization inPieces = all.batch(3).run();
        Visualization alone =
                visualizer.layer("conv").channels(2).jitter(2).steps(8).seed(3).run();

        assertThat(inPieces.images()).isEqualTo(together.images());
        assertThat(image(alone, 0)).containsExactly(image(together, 2));
        assertThat(alone.objectives(0)).containsExactly(together.objectives(2));
    }

    @Test
    void theSeedDecides() {
        VisualizationRequest request = visualizer.classes("cat").jitter(2).steps(4);

        assertThat(request.seed(1).run().images())
                .isEqualTo(request.seed(1).run().images());
        assertThat(request.seed(2).run().images())
                .isNotEqualTo(request.seed(1).run().images());
    }

    @Test
    void networkIsNeverGivenMoreThanABatch() {
        visualizer.layer("conv").channels(0, 1, 2, 3, 0, 1, 2).batch(3).steps(1).run();

        assertThat(network.largestBatch).isEqualTo(3);
    }

    @Test
    void startsWhereItIsTold() {
        VisualizationRequest request = visualizer.classes("cat", "dog").preset("course");
        List<Float> first = new ArrayList<>();
        for (Start start : List.of(Start.mean(), Start.grey(), Start.noise())) {
            first.add(request.start(start).steps(1).frames(2).run().objectives(0)[0]);
        }
        Tensor given = Tensor.of(Vectors.pixels("given", 6 * SIDE * SIDE), 2, 3, SIDE, SIDE);
        Visualization each = request.start(given).steps(1).run();
        Visualization mean = request.start(network.mean.orElseThrow()).steps(1).run();

        assertThat(first.get(1)).isZero();
        assertThat(first).doesNotHaveDuplicates();
        assertThat(mean.objectives(0)[0]).isEqualTo(first.get(0));
        assertThat(each.objectives(0)[0]).isNotEqualTo(first.get(0));
    }

    @Test
    void meanOfABatchIsAStart() {
        Tensor batch = Tensor.of(new float[] {0, 0.25f, 1, 0.5f, 0.75f, 0}, 2, 3, 1, 1);

        assertThat(Start.meanOf(batch)).isEqualTo(Start.image(Tensor.of(new float[] {0.25f, 0.5f, 0.5f}, 1, 3, 1, 1)));
        assertThatThrownBy(() -> Start.meanOf(Tensor.zeros(3, 1, 1)))
                .hasMessage("images must have shape (N, C, H, W) with N ≥ 1, got [3, 1, 1]");
    }

    @Test
    void withoutAMeanImageTheCourseStartsAtGreyAndDeadUnitsAreTold() {
        Visualization found = Visualizer.of(FilterNetwork.gabor(3, SIDE, 2))
                .classes()
                .preset("course")
                .steps(3)
                .run();

        assertThat(found.withoutGradient()).containsExactly(0, 1);
        for (float pixel : found.images().data()) {
            assertThat(pixel).isEqualTo(0.5f);
        }
    }

    @Test
    void dreamsChangeTheImageTheyAreGiven() {
        Tensor image = network.mean.orElseThrow();
        Visualization found =
                visualizer.layer("conv").dream(image).pixels().steps(30).run();

        assertThat(found.titles()).containsExactly("conv dream 0");
        assertThat(found.objectives()[0]).isGreaterThan(2 * found.objectives(0)[0]);
    }

    @Test
    void dreamsKeepTheirImageUnderAnyPreset() {
        Tensor image = network.mean.orElseThrow();
        VisualizationRequest dream = visualizer.layer("conv").dream(image);

        float first = dream.jitter(0).pixels().steps(1).run().objectives(0)[0];
        assertThat(first).isPositive();
        assertThat(dream.preset("course").steps(1).run().objectives(0)[0]).isEqualTo(first);
    }

    @Test
    void directionsAndFeaturesMaximise() {
        Visualization direction =
                visualizer.layer("conv").direction(1, -1, 0, 0).steps(40).run();
        Visualization feature = visualizer.layer("energy").channels(3).steps(40).run();

        assertThat(direction.objectives()[0]).isGreaterThan(direction.objectives(0)[0] + 0.3f);
        assertThat(feature.objectives()[0]).isGreaterThan(feature.objectives(0)[0] + 0.3f);
    }

    @Test
    void listenerFollowsAndMayEnd() {
        List<String> told = new ArrayList<>();
        List<Tensor> images = new ArrayList<>();
        Visualization found = visualizer
                .classes()
                .steps(50)
                .listener(progress -> {
                    told.add(progress.step() + "/" + progress.total());
                    images.add(progress.images());
                    assertThat(progress.objectives()).hasSize(4);
                    assertThat(progress.meanObjective()).isFinite();
                    assertThat(progress.grid().image().getWidth()).isEqualTo(2 * (96 + 4) + 4);
                    return progress.step() < 3;
                })
                .run();

        assertThat(told).containsExactly("1/50", "2/50", "3/50");
        assertThat(found.steps()).isEqualTo(3);
        assertThat(found.complete()).isFalse();
        assertThat(found.images()).isEqualTo(images.get(2)).isNotEqualTo(images.get(1));
        assertThat(found.objectives(0)).hasSize(4);
    }

    @Test
    void listenerThatFailsEndsTheSearch() {
        VisualizationRequest request = visualizer.classes().listener(progress -> {
            throw new IllegalStateException("listener");
        });

        assertThatThrownBy(request::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("listener");
    }

    @Test
    void refusesWhatIsNotFinite() {
        network.poison = Float.NaN;
        VisualizationRequest request = visualizer.classes("dog");

        assertThatThrownBy(request::run)
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("objective of dog is not finite at step 1; try a lower rate than 0.05");
    }

    @Test
    void lastObjectiveIsThatOfTheImageAsItIs() {
        Visualization found =
                visualizer.layer("conv").channels(1).jitter(3).steps(5).run();
        LayerObjective mean = LayerObjective.zeros(1, network.layer("conv").layer());
        new Target.Channel(1).weigh(mean, 0, network.layer("conv").layer(), Spatial.MEAN);

        float value =
                network.layer("conv").gradient(found.images(), mean).values().data()[0];
        assertThat(found.objectives()[0]).isEqualTo(value);
    }

    @Test
    void gridIsEnlargedAndSaysHowItWasMade(@TempDir Path folder) throws IOException {
        Visualization found = visualizer.classes().steps(2).seed(9).run();
        found.save(folder.resolve("grid.png"));

        byte[] png = Files.readAllBytes(folder.resolve("grid.png"));
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(2 * (96 + 4) + 4);
        assertThat(picture.getHeight()).isGreaterThan(picture.getWidth());
        assertThat(Png.text(png))
                .containsEntry("model", "filters")
                .containsEntry("preset", "modern")
                .containsEntry("seed", "9")
                .containsEntry("steps", "2")
                .containsKey("objectives");
    }

    @Test
    void progressIsAnAnimation(@TempDir Path folder) throws IOException {
        Visualization found = visualizer.classes().steps(10).frames(4).run();
        found.save(folder.resolve("progress.gif"));

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = new MemoryCacheImageInputStream(Files.newInputStream(folder.resolve("progress.gif")))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(4).isEqualTo(found.frames());
        }
    }

    @Test
    void framesAreAtMostOneForEachStepAndTheStart() {
        assertThat(visualizer.classes("cat").steps(3).frames(50).run().frames()).isEqualTo(4);
        assertThat(visualizer.classes("cat").steps(60).run().frames()).isEqualTo(24);
    }

    @Test
    void savesFloatsAndSingleImages(@TempDir Path folder) throws IOException {
        Visualization found = visualizer.classes("cat", "dog").steps(2).run();
        found.save(folder.resolve("images.npy"));
        found.save(folder.resolve("each"));

        assertThat(folder.resolve("images.npy")).isRegularFile();
        try (var files = Files.list(folder.resolve("each"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("000000-cat.png", "000001-dog.png");
        }
        byte[] dog = Files.readAllBytes(folder.resolve("each/000001-dog.png"));
        var picture = ImageIO.read(new ByteArrayInputStream(dog));
        assertThat(picture.getRGB(5, 7)).isEqualTo(found.image(1).getRGB(5, 7));
        assertThat(Float.parseFloat(Png.text(dog).get("objectives"))).isCloseTo(found.objectives()[1], within(0f));
        assertThatThrownBy(() -> found.save(folder.resolve("images.jpg")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("its name must end with .png, .gif or .npy, or be a folder's");
    }

    @Test
    void greyImagesStayGreyUnderTheirTitles() {
        Visualization found = Visualizer.of(FilterNetwork.gabor(1, SIDE, 2))
                .classes()
                .steps(2)
                .run();

        var picture = found.grid().image();
        assertThat(picture.getRaster().getNumBands()).isEqualTo(1);
        assertThat(picture.getRaster().getSample(4, 4, 0))
                .isEqualTo(found.image(0).getRaster().getSample(0, 0, 0));
    }
}
