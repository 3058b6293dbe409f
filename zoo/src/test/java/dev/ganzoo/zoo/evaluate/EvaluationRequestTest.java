package dev.ganzoo.zoo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.metrics.FrechetDistance;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import dev.ganzoo.zoo.runtime.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a generator of 4 × 4 pixels and a classifier of 8 × 8, with noise as real images. */
@Tag("native")
class EvaluationRequestTest {
    private static final int PER_CLASS = 12;

    @TempDir
    Path folder;

    private Generator generator;
    private final List<String> parts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void makeModelsAndImages() throws IOException {
        TinyModels.writeClassifier(folder.resolve("tiny.zip"));
        TinyModels.write(folder.resolve("generator"));
        NoiseImages.write(folder.resolve("noise"), PER_CLASS);
        generator = Zoo.generator(folder.resolve("generator").toString());
    }

    @AfterEach
    void close() {
        generator.close();
    }

    private final class Recorder implements EvaluationListener {
        @Override
        public void progress(String what, long done, long total) {
            if (done == 0) {
                parts.add(what);
            }
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }

    private EvaluationRequest begun(EvaluationRequest request) {
        return request.extractor(folder.resolve("tiny.zip").toString())
                .cache(folder.resolve("cache"))
                .subsets(5, 8)
                .splits(2)
                .neighbours(3, 1000)
                .batch(7)
                .listener(new Recorder());
    }

    private EvaluationRequest ofGenerator() {
        return begun(generator.evaluate())
                .keptIn(folder.resolve("kept.json"))
                .against(folder.resolve("noise"))
                .samples(20);
    }

    private EvaluationRequest ofFolder(String name) throws IOException {
        return begun(EvaluationRequest.of(ImageSource.folder(folder.resolve(name))));
    }

    @Test
    void imagesAreNoDistanceFromThemselves() throws IOException {
        EvaluationReport report =
                ofFolder("noise").against(folder.resolve("noise")).run();

        assertThat(report.value("fid")).isCloseTo(0, within(1e-5));
        assertThat(report.value("precision")).isEqualTo(1);
        assertThat(report.value("coverage")).isEqualTo(1);
        assertThat(report.value("is")).isGreaterThanOrEqualTo(1);
        assertThat(report.scores())
                .extracting(Quality::metric)
                .containsExactly("fid", "kid", "is", "precision", "recall", "density", "coverage");
    }

    @Test
    void fidIsThatOfTheFeatures() throws IOException {
        EvaluationReport report = ofGenerator().metrics("fid").run();

        try (OpenExtractor extractor =
                Extractor.named(folder.resolve("tiny.zip").toString()).open(Device.cpu())) {
            Extraction.Needs needs = new Extraction.Needs(false, true, false);
            ImageSource samples = ImageSource.of(generator, 0);
            ImageSource real = ImageSource.folder(folder.resolve("noise"))
                    .fitted(samples.shape().orElseThrow());
            Extraction made = Extraction.of(samples, 20, extractor, needs, 64, "", EvaluationListener.NONE);
            Extraction known = Extraction.of(real, 24, extractor, needs, 5, "", EvaluationListener.NONE);
            assertThat(report.value("fid"))
                    .isCloseTo(
                            FrechetDistance.between(
                                    GaussianStatistics.of(made.features()), GaussianStatistics.of(known.features())),
                            within(1e-9));
        }
    }

    @Test
    void everyNumberHasItsProtocol() {
        EvaluationReport report =
                ofGenerator().metrics("fid", "kid", "is").truncation(0.5).run();

        assertThat(report.score("kid").protocol())
                .containsEntry("extractor", "tiny-classifier features, not Inception")
                .containsEntry(
                        "resize",
                        "each image to 8 × 8, stretched, bicubic with antialias, rounded to 8 bits where its size is"
                                + " another")
                .containsEntry("pixels", "x / 255")
                .containsEntry("samples", "tiny 1.0.0")
                .containsEntry("sample images", "20")
                .containsEntry("step", "10")
                .containsEntry("weights", "moving average")
                .containsEntry("batch norm", "running statistics")
                .containsEntry("truncation", "scaled:0.5")
                .containsEntry("seed", "0")
                .containsEntry("real", "folder noise")
                .containsEntry("real images", "24")
                .containsEntry("subsets", "5 of 8")
                .containsEntry("deviation", "over subsets")
                .containsKeys("extractor sha256", "layer", "generator.onnx sha256", "real sha256");
        assertThat(report.score("is").protocol()).containsEntry("splits", "2").doesNotContainKey("real");
        assertThat(report.table())
                .startsWith("tiny 1.0.0 against folder noise, judged by tiny-classifier features, not Inception\n")
                .contains("  layer                 ", "splits 2, deviation over splits", "over subsets");
        assertThat(report.json()).contains("\"metric\" : \"kid\"", "\"real images\" : \"24\"");
    }

    @Test
    void whatWasMeasuredIsNotMeasuredAgain() {
        EvaluationReport first = ofGenerator().metrics("fid").run();
        parts.clear();
        EvaluationReport second = ofGenerator().metrics("fid", "is").run();

        assertThat(second.kept()).containsExactly("fid");
        assertThat(second.score("fid")).isEqualTo(first.score("fid"));
        assertThat(parts).containsExactly("samples of seed 0", "is");
        assertThat(second.table()).contains("(measured before)");

        parts.clear();
        assertThat(ofGenerator().metrics("fid").anew().run().kept()).isEmpty();
        assertThat(ofGenerator().metrics("fid").samples(19).run().kept()).isEmpty();
        assertThat(parts).containsExactly("samples of seed 0", "fid", "samples of seed 0", "fid");
    }

    @Test
    void realImagesAreExtractedOnceUnlessTheFileIsDamaged() throws IOException {
        String extracting = "real images (folder noise)";
        ofGenerator().metrics("fid", "kid").run();
        assertThat(parts).containsOnlyOnce(extracting);
        parts.clear();
        ofGenerator().metrics("fid", "kid").seed(1).run();
        assertThat(parts).doesNotContain(extracting);

        try (var files = Files.list(folder.resolve("cache"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".npz")).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        ofGenerator().metrics("fid", "kid").seed(2).run();
        assertThat(parts).containsOnlyOnce(extracting);
        assertThat(notes).singleElement().asString().contains("was altered or cut short");
    }

    @Test
    void repeatsAreOfDifferentSeeds() {
        double first = ofGenerator().metrics("fid").run().value("fid");
        double second = ofGenerator().metrics("fid").seed(1).run().value("fid");
        Quality both = ofGenerator().metrics("fid").repeats(2).run().score("fid");

        assertThat(both.value()).isCloseTo((first + second) / 2, within(1e-12));
        assertThat(both.deviation()).isCloseTo(Math.abs(first - second) / 2, within(1e-12));
        assertThat(both.protocol()).containsEntry("seeds", "0, 1").containsEntry("deviation", "over seeds");
    }

    @Test
    void statisticsAreSavedAndComparedWith() {
        Path file = folder.resolve("noise.npz");
        double known = ofGenerator().metrics("fid").saveStatistics(file).run().value("fid");
        EvaluationReport report =
                ofGenerator().metrics("fid", "is").against(file).run();

        assertThat(report.value("fid")).isCloseTo(known, within(1e-9));
        assertThat(report.score("fid").protocol()).containsEntry("real", "statistics noise.npz");
        assertThatThrownBy(() -> ofGenerator().metrics("kid").against(file).run())
                .hasMessage("kid needs real images, got only statistics in " + file);
        assertThatThrownBy(
                        () -> ofGenerator().against(folder.resolve("none.npz")).run())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.npz");
    }

    @Test
    void truncationGivesACurve() {
        TruncationCurve curve = ofGenerator()
                .metrics("fid", "is")
                .curve(Truncation.scaled(0.2), Truncation.scaled(1), Truncation.none());

        assertThat(curve.points()).hasSize(3);
        assertThat(curve.table()).contains("scaled:0.2", "none", "protocol");
        assertThat(curve.plot().getWidth()).isEqualTo(800);
        assertThat(parts).containsOnlyOnce("real images (folder noise)");
        assertThat(curve.points().get(0).report().value("fid"))
                .isNotEqualTo(curve.points().get(2).report().value("fid"));
    }

    @Test
    void classesAreMeasuredOneByOne() throws IOException {
        writeClasses("plane", "ship", "cat");
        EvaluationRequest request = ofGenerator().samples(30).against(folder.resolve("classes"));
        ClassReport report = request.perClass();

        assertThat(report.rows()).extracting(ClassReport.Row::className).containsExactly("plane", "ship", "cat");
        assertThat(report.rows()).allMatch(row -> row.samples() == 10 && row.real() == 10 && row.fid() > 0);
        assertThat(report.rows()).allMatch(row -> row.precision() != null && row.recognised() == null);
        assertThat(report.table()).contains("recognised", "ship", "protocol");
        double mean = report.rows().stream()
                .mapToDouble(ClassReport.Row::fid)
                .average()
                .orElseThrow();
        assertThat(request.metrics("intra-fid").run().value("intra-fid")).isCloseTo(mean, within(1e-9));
        EvaluationReport ships =
                request.metrics("fid").samples(10).ofClass("Ship").run();
        assertThat(ships.score("fid").protocol())
                .containsEntry("classes", "only ship")
                .containsEntry("real classes", "only ship");
    }

    /** Ten flat pictures a class, of colours of their own. */
    private void writeClasses(String... names) throws IOException {
        for (int label = 0; label < names.length; label++) {
            Path place = Files.createDirectories(folder.resolve("classes").resolve(names[label]));
            for (int i = 0; i < 10; i++) {
                BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
                for (int p = 0; p < 16; p++) {
                    image.setRGB(p % 4, p / 4, 0x1F3F7F * (label + 1) + 0x050301 * i * (p + 1));
                }
                Files.write(place.resolve(i + ".png"), Png.encode(image));
            }
        }
    }

    @Test
    void foldersOfTheSameClassesButNoLabelsAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("flat"));
        Files.copy(folder.resolve("noise/a/0.png"), folder.resolve("flat/0.png"));

        assertThatThrownBy(() -> ofGenerator()
                        .metrics("intra-fid")
                        .against(folder.resolve("flat"))
                        .run())
                .hasMessage("scores of each class need labels, folder flat has none");
        assertThatThrownBy(() -> ofGenerator().metrics("intra-fid").run())
                .hasMessage("folder noise must have the classes of tiny 1.0.0, [plane, ship, cat], got [a, b]");
    }

    @Test
    void whatCannotBeMeasuredIsSaidBeforehand() throws IOException {
        assertThatThrownBy(() -> ofGenerator().metrics("kid").subsets(5, 21).run())
                .hasMessage("kid needs at least 21 samples, got 20; give smaller subsets");
        assertThatThrownBy(() ->
                        ofGenerator().metrics("kid").samples(30).subsets(5, 25).run())
                .hasMessage("kid needs at least 25 real images, got 24; give smaller subsets");
        assertThatThrownBy(() -> ofGenerator().metrics("is").splits(21).run())
                .hasMessage("is needs at least 21 samples, got 20; give fewer splits");
        assertThatThrownBy(
                        () -> ofGenerator().metrics("prdc").neighbours(20, 100).run())
                .hasMessage("prdc needs at least 21 samples, got 20; look at fewer neighbours");
        assertThatThrownBy(() -> ofFolder("noise").run()).hasMessage("fid must be against real images; say which");
        assertThatThrownBy(() -> ofFolder("noise").repeats(2).run())
                .hasMessage("repeats need a generator, whose samples differ from seed to seed, got folder noise");
        assertThatThrownBy(() -> ofFolder("noise").truncation(0.5).run())
                .hasMessage("truncation needs a generator, whose latents it truncates, got folder noise");
        assertThatThrownBy(() -> ofFolder("noise").samples(25).run())
                .hasMessage("samples must be at most 24, the images in folder noise, got 25");
        assertThatThrownBy(() -> ofGenerator().realImages(25).run())
                .hasMessage("real images must be at most 24, those in folder noise, got 25");
        assertThat(parts).isEmpty();
    }

    @Test
    void pixelsNeedNoExtractor() throws IOException {
        EvaluationReport report = begun(EvaluationRequest.of(ImageSource.folder(folder.resolve("noise"))))
                .extractor("no such model")
                .against(folder.resolve("noise/a"))
                .metrics("msssim", "swd")
                .run();

        assertThat(report.value("msssim")).isBetween(0.0, 0.5);
        assertThat(report.score("msssim").protocol())
                .containsEntry("on", "pixels")
                .containsEntry("pairs", "of a class, among the first 8192 images")
                .doesNotContainKeys("extractor", "real");
        assertThat(report.value("swd")).isPositive();
        assertThat(parts).containsExactly("msssim", "swd");
        Files.write(folder.resolve("noise/a/9.png"), Png.encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB)));
        assertThatThrownBy(() -> ofFolder("noise").metrics("msssim").run())
                .hasMessage("scores of pixels need images of one shape, those of folder noise have (3, 32, 32),"
                        + " got (3, 8, 8)");
    }

    @Test
    void inceptionIsLookedForInItsPlaces() {
        assertThatThrownBy(() -> ExtractorFiles.inception(property -> "/home/someone", variable -> null))
                .hasMessageStartingWith("extractor inception-v3 is not on this machine: expected it at")
                .hasMessageContaining("GANZOO_INCEPTION")
                .hasMessageContaining("docs/evaluate.md");
        assertThatThrownBy(() -> ExtractorFiles.inception(property -> "/home/someone", variable -> "/none.onnx"))
                .hasMessageContaining("/none.onnx, as GANZOO_INCEPTION says");
    }
}
