package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.MlpNetwork;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class RobustnessTest {
    private static Dataset dataset;

    @BeforeAll
    static void writeDataset(@TempDir Path folder) throws IOException {
        Tensor images = UnitImages.toSigned(RecordedClassifier.tensor("control/images"));
        int[] labels = RecordedClassifier.labels("control/labels");
        for (int i = 0; i < labels.length; i++) {
            Path file = folder.resolve("class %d/%03d.png".formatted(labels[i], i));
            Files.createDirectories(file.getParent());
            Files.write(file, Png.encode(Pixels.image(images, i)));
        }
        dataset = Datasets.load(
                folder.toString(), Split.TRAIN, LoadOptions.defaults().size(6));
    }

    private static RobustnessRequest evaluation() {
        return RobustnessRequest.of(RecordedClassifier.NETWORK, "blobs", dataset.classNames(), dataset);
    }

    @Test
    void accuracyFallsWithEpsilonAndWithStrength() {
        RobustnessReport report = evaluation()
                .attacks("random-sign", "fgsm", "pgd")
                .epsilons("6/255", "0", "2/255")
                .run();

        double clean = RecordedClassifier.attackMore().fgsm().run().accuracyBefore();
        assertThat(report.cleanAccuracy()).isEqualTo(clean);
        assertThat(report.rows())
                .extracting(row -> row.attack() + " " + row.epsilonText())
                .containsExactly(
                        "random-sign 0",
                        "random-sign 2/255",
                        "random-sign 6/255",
                        "fgsm 0",
                        "fgsm 2/255",
                        "fgsm 6/255",
                        "pgd 0",
                        "pgd 2/255",
                        "pgd 6/255");
        assertThat(report.rows().get(3).accuracy()).isEqualTo(clean);
        assertThat(report.rows().get(4).accuracy())
                .isGreaterThan(report.rows().get(5).accuracy());
        assertThat(report.rows().get(2).accuracy())
                .isGreaterThan(report.rows().get(5).accuracy());
        assertThat(report.rows().get(5).accuracy())
                .isGreaterThanOrEqualTo(report.rows().get(8).accuracy());
        assertThat(report.rows().get(5).meanGradientEvaluations()).isEqualTo(1);
        assertThat(report.rows().get(8).settings())
                .containsEntry("epsilon", "6/255")
                .containsEntry("steps", "20");
        assertThat(report.rows().get(4).accuracyRounded())
                .as("whole steps of 8-bit images survive rounding")
                .isEqualTo(report.rows().get(4).accuracy());
    }

    @Test
    void attacksWithoutEpsilonAreJudgedByTheirNorm() {
        List<String> told = new ArrayList<>();
        RobustnessReport report = evaluation()
                .norm(Norm.L2)
                .attacks("deepfool", "pgd")
                .epsilons(0, 0.1, 0.2, 5)
                .listener((what, done, total) -> told.add(what + " " + done + "/" + total))
                .run();
        assertThat(report.rows().get(0).accuracy()).isEqualTo(report.cleanAccuracy());
        assertThat(report.rows().get(1).accuracy())
                .isGreaterThan(report.rows().get(2).accuracy());
        assertThat(report.rows().get(3).accuracy()).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(report.rows().get(i).accuracy())
                    .as("two attacks on one classifier")
                    .isCloseTo(report.rows().get(4 + i).accuracy(), within(0.1));
        }
        assertThat(told)
                .startsWith("deepfool 0/480", "deepfool 64/480", "pgd 0 96/480")
                .endsWith("pgd 5 480/480");
    }

    @Test
    void reportsAreTablesJsonAndPlots() throws IOException {
        RobustnessReport report = evaluation()
                .limit(20)
                .seed(3)
                .attacks("fgsm")
                .epsilons("0", "8/255")
                .run();
        String[] lines = report.table().split("\n");
        assertThat(lines[0]).endsWith("train, first 20 images, linf, seed 3").startsWith("blobs on ");
        assertThat(lines[1]).startsWith("clean accuracy ");
        assertThat(lines[4]).startsWith("fgsm ").contains(" 8/255 ");
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.at("/protocol/images").asInt()).isEqualTo(20);
        assertThat(json.at("/rows/1/epsilon").asDouble()).isEqualTo(8 / 255.0);
        assertThat(json.at("/rows/1/settings/loss").asText()).isEqualTo("cross-entropy");
        assertThat(report.plot().getWidth()).isEqualTo(800);
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void missingGradientsAreToldOf() {
        MlpNetwork constant = MlpNetwork.linear(new ImageShape(3, 6, 6), new double[6][108], new double[6]);
        assertThat(RobustnessRequest.of(constant, "constant", dataset.classNames(), dataset)
                        .attacks("fgsm")
                        .epsilons("1/255")
                        .run()
                        .warnings())
                .containsExactly("warning: fgsm 1/255 found no gradient at all for 96 of 96 images:"
                        + " their robustness may be an illusion");
    }

    @Test
    void classesAreMatchedByName() {
        Tensor w2 = RecordedClassifier.tensor("w2");
        Tensor b2 = RecordedClassifier.tensor("b2");
        int hidden = w2.shape()[1];
        float[] turned = new float[w2.size()];
        float[] turnedBias = new float[6];
        List<String> names = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            int from = (k + 1) % 6;
            System.arraycopy(w2.data(), from * hidden, turned, k * hidden, hidden);
            turnedBias[k] = b2.data()[from];
            names.add("CLASS " + from);
        }
        MlpNetwork other = MlpNetwork.of(
                new ImageShape(3, 6, 6),
                RecordedClassifier.tensor("w1"),
                RecordedClassifier.tensor("b1"),
                new Tensor(w2.shape(), turned),
                new Tensor(b2.shape(), turnedBias));
        assertThat(RobustnessRequest.of(other, "turned", names, dataset)
                        .attacks("fgsm")
                        .run()
                        .cleanAccuracy())
                .isEqualTo(evaluation().attacks("fgsm").run().cleanAccuracy());
    }

    @Test
    void optionsGoToTheAttacksThatHaveThem() {
        RobustnessReport report = evaluation()
                .attacks("fgsm", "pgd")
                .option("steps", "3")
                .epsilons("1/255")
                .limit(6)
                .run();
        assertThat(report.rows().get(0).settings()).doesNotContainKey("steps");
        assertThat(report.rows().get(1).settings()).containsEntry("steps", "3");
        assertThatThrownBy(() -> evaluation().attacks("fgsm").option("steps", 3))
                .hasMessage("options must be those of an attack, of [norm, epsilon, loss], got steps");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> evaluation().attacks("fgsm", "sqare"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("unknown attack \"sqare\"; did you mean \"square\"?");
        assertThatThrownBy(() -> evaluation().limit(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("limit must be at least 1, got 0");
        assertThatThrownBy(() -> RobustnessRequest.of(
                                RecordedClassifier.NETWORK.withoutGradient(), "blobs", dataset.classNames(), dataset)
                        .attacks("pgd")
                        .run())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("model \"blobs\" has no gradients, so that attacks must need none, got pgd");
        assertThatThrownBy(() -> RobustnessRequest.of(
                        RecordedClassifier.NETWORK, "blobs", dataset.classNames(), dataset.resizedTo(8)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("images of dataset %s must be (3, 6, 6), as model \"blobs\" takes them, got (3, 8, 8)"
                        .formatted(dataset.name()));
    }
}
