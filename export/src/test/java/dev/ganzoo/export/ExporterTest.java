package dev.ganzoo.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.graph.rewrite.Explanation;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ExporterTest {
    @TempDir
    Path folder;

    private SyntheticRun run;
    private Path target;

    @BeforeEach
    void makeRun() throws IOException {
        run = new SyntheticRun(folder.resolve("run"));
        target = folder.resolve("out").resolve("pets");
    }

    @Test
    void packageMakesTheImagesOfTheTrainedNetwork() throws Exception {
        run.checkpoint(100).checkpoint(200);

        Exporter.of(run.folder()).write(target);

        assertThat(error(target, 200, "image_ema")).isLessThan(1e-5);
        assertThat(error(target, 200, "image")).isGreaterThan(1e-4);
    }

    @Test
    void checkpointAndWeightsAreThoseAskedFor() throws Exception {
        run.checkpoint(100).checkpoint(200);

        ModelCard card = Exporter.of(run.folder())
                .checkpoint(100)
                .movingAverage(false)
                .write(target)
                .card();

        assertThat(error(target, 100, "image")).isLessThan(1e-5);
        assertThat(card.provenance().step()).isEqualTo(100);
        assertThat(card.provenance().ema()).isFalse();
    }

    @Test
    void aDamagedLastCheckpointLeavesTheOthersToExport() throws Exception {
        run.checkpoint(100).checkpoint(200);
        Files.writeString(run.folder().resolve("checkpoints/step-00000200/state.json"), "{");

        assertThat(exported(CheckpointChoice.step(100))).isEqualTo(100);
        assertThatIOException().isThrownBy(() -> exported(CheckpointChoice.LAST));
    }

    @Test
    void bestCheckpointIsThatWhichTheLastOneNames() throws Exception {
        run.checkpoint(100).checkpoint(200).checkpoint(300);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exported(CheckpointChoice.BEST))
                .withMessage(run.folder() + " has no best checkpoint: nothing was measured while it was trained;"
                        + " choose last or a step");

        run.checkpoint(400, 200);
        assertThat(exported(CheckpointChoice.BEST)).isEqualTo(200);
        assertThat(exported(CheckpointChoice.LAST)).isEqualTo(400);
        assertThat(exported(CheckpointChoice.parse("100"))).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointChoice.parse("latest"))
                .withMessage("checkpoint must be last, best or a number of steps, got \"latest\"");
    }

    private long exported(CheckpointChoice choice) throws IOException {
        return Exporter.of(run.folder())
                .checkpoint(choice)
                .write(folder.resolve("chosen-" + choice))
                .card()
                .provenance()
                .step();
    }

    @Test
    void cardSaysWhereTheModelComesFrom() throws Exception {
        run.checkpoint(100);

        ModelCard card = Exporter.of(run.folder())
                .name("small-pets")
                .card(details -> details.title("Small pets").licence("CC0-1.0"))
                .write(target)
                .card();

        assertThat(card.name()).isEqualTo("small-pets");
        assertThat(card.title()).isEqualTo("Small pets");
        assertThat(card.licence()).isEqualTo("CC0-1.0");
        assertThat(card.dataset()).isEqualTo("pets");
        assertThat(card.labels()).isEqualTo(SyntheticRun.LABELS);
        assertThat(card.latent().size()).isEqualTo(4);
        assertThat(card.image()).isEqualTo(ModelCard.ImageSpec.symmetric(3, 32, 32));
        assertThat(card.precision()).isEqualTo("fp32");
        assertThat(card.parity().tolerance()).isEqualTo(1e-4);
        assertThat(card.parity().maxAbsoluteError()).isBetween(0.0, 1e-5);
        assertThat(card.parity().samples()).isEqualTo(6);
        assertThat(card.provenance().recipe()).isEqualTo("sngan-proj");
        assertThat(card.provenance().hours()).isEqualTo(1.5);
        assertThat(card.provenance().ema()).isTrue();
        assertThat(card.provenance().machine()).isEqualTo("2 cores");
        assertThat(card.provenance().data()).isEqualTo("pets, 1,200 images");
        assertThat(card.provenance().hyperparameters()).containsKeys("objective", "seed", "architecture", "schedule");
    }

    @Test
    void nameIsThatOfTheFileIfNotGiven() throws Exception {
        run.checkpoint(100);

        assertThat(Exporter.of(run.folder())
                        .write(folder.resolve("my-pets.zip"))
                        .card()
                        .name())
                .isEqualTo("my-pets");
    }

    @Test
    void previewHasARowForEachClass() throws Exception {
        run.checkpoint(100);

        byte[] png = Exporter.of(run.folder()).write(target).read(ModelPackage.PREVIEW);

        BufferedImage preview = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(preview.getHeight()).isEqualTo(3 * 34 + 2);
        assertThat(preview.getWidth()).isEqualTo(8 * 34 + 2);
    }

    @Test
    void networkIsFolded() throws Exception {
        run.checkpoint(100);

        byte[] network = Exporter.of(run.folder()).write(target).read(ModelPackage.GENERATOR);

        assertThat(ModelProto.parseFrom(network).getGraph().getNodeList().stream()
                        .map(NodeProto::getOpType))
                .doesNotContain("BatchNormalization");
    }

    @Test
    void theSameRunGivesTheSamePackage() throws Exception {
        run.checkpoint(100);
        Path first = folder.resolve("first").resolve("pets.zip");
        Path second = folder.resolve("second").resolve("pets.zip");

        Exporter.of(run.folder()).write(first);
        Exporter.of(run.folder()).write(second);

        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void halvesAreSmallerAndSaySo() throws Exception {
        run.checkpoint(100);
        Path floats = folder.resolve("floats");

        Exporter.of(run.folder()).write(floats);
        ModelCard card = Exporter.of(run.folder())
                .weights(WeightPrecision.FP16)
                .write(target)
                .card();

        assertThat(card.precision()).isEqualTo("fp16");
        assertThat(card.parity().tolerance()).isEqualTo(0.03);
        assertThat(card.parity().maxAbsoluteError()).isBetween(1e-6, 0.03);
        assertThat(error(target, 100, "image_ema")).isEqualTo(card.parity().maxAbsoluteError());
        assertThat(Files.size(target.resolve("generator.onnx")))
                .isLessThan(Files.size(floats.resolve("generator.onnx")) * 3 / 4);
    }

    @Test
    void networkOfOtherImagesIsNotWritten() throws Exception {
        run.checkpoint(100);
        Map<String, Tensor> golden = golden(100);
        golden.get("image_ema").data()[17] += 0.01f;
        run.replace(100, Parts.GOLDEN, golden);

        assertThatExceptionOfType(ParityException.class)
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageMatching("the exported network \\(fp32\\) must repeat the 6 golden images within 1.0E-4, "
                        + "got 0\\.0(09|10)\\d+");
        assertNothingWritten();
    }

    @Test
    void networkOfNoNumbersIsNotWritten() throws Exception {
        run.checkpoint(100);
        Map<String, Tensor> golden = golden(100);
        golden.get("image_ema").data()[17] = Float.NaN;
        run.replace(100, Parts.GOLDEN, golden);

        assertThatExceptionOfType(ParityException.class)
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageEndingWith("got NaN");
        assertNothingWritten();
    }

    @Test
    void existingPackageIsKept() throws Exception {
        run.checkpoint(100);
        Files.createDirectories(target);

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageStartingWith(target.toString());
    }

    @Test
    void cutShortWeightsAreTold() throws Exception {
        run.checkpoint(100);
        Path file = run.file(100, SyntheticRun.AVERAGE);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, 1000));

        assertThatIOException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessage("%s must have %d bytes, found 1000: the file is cut short", file, content.length);
        assertNothingWritten();
    }

    @Test
    void alteredWeightsAreTold() throws Exception {
        run.checkpoint(100);
        Path file = run.file(100, SyntheticRun.AVERAGE);
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);

        assertThatIOException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageMatching("\\Q" + file + "\\E must have sha256 .*, found .*: the file was altered");
    }

    @Test
    void missingWeightsAreTold() throws Exception {
        run.checkpoint(100);
        Files.delete(run.file(100, SyntheticRun.AVERAGE));

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageStartingWith(run.file(100, SyntheticRun.AVERAGE) + ": expected ");
    }

    @Test
    void weightsOfAnotherArchitectureAreTold() throws Exception {
        run.checkpoint(100);
        Map<String, Tensor> weights = run.weights(100);
        weights.put("conv.bias", Tensor.zeros(4));
        run.replace(100, SyntheticRun.AVERAGE, weights);

        assertThatIOException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessage(
                        "%s must fit the architecture in recipe.json: value of parameter conv.bias: shape must be (3), "
                                + "got [4]",
                        run.file(100, SyntheticRun.AVERAGE));
    }

    @Test
    void explanationTellsWhatRulesDid() throws Exception {
        run.checkpoint(100);

        Explanation explanation = Exporter.of(run.folder()).target(Target.GPU).explain();

        assertThat(explanation.after().multiplyAdds())
                .isLessThan(explanation.before().multiplyAdds());
        assertThat(explanation.toString()).contains("upsampled-convolution  ").doesNotContain("winograd");
    }

    @Test
    void packageForTheOtherTargetMakesTheSameImages() throws Exception {
        run.checkpoint(100);

        Exporter.of(run.folder()).target(Target.GPU).write(target);

        assertThat(error(target, 100, "image_ema")).isLessThan(1e-5);
    }

    @Test
    void averageThatWasNotKeptIsTold() throws Exception {
        run.checkpointWithoutAverage(100);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.of(run.folder()).movingAverage(true).write(target))
                .withMessage(
                        "%s keeps no moving average; export the network itself",
                        run.folder().resolve("checkpoints/step-00000100"));
        assertThat(Exporter.of(run.folder()).write(target).card().provenance().ema())
                .isFalse();
    }

    @Test
    void unknownCheckpointIsTold() throws Exception {
        run.checkpoint(100).checkpoint(200);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.of(run.folder()).checkpoint(150).write(target))
                .withMessage(
                        "%s has no checkpoint of step 150 (there are: 100, 200)",
                        run.folder().resolve("checkpoints"));
    }

    @Test
    void runWithoutCheckpointIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessage("%s must have a checkpoint, but it has none; train it first", run.folder());
    }

    @Test
    void folderWithoutRunIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.of(folder).write(target))
                .withMessage("%s must be a run directory, but it has no recipe.json", folder);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Exporter.of(folder.resolve("nowhere")).write(target))
                .withMessage(folder.resolve("nowhere").toString());
    }

    @Test
    void damagedRecipeIsTold() throws Exception {
        Path recipe = run.folder().resolve("recipe.json");
        Files.writeString(recipe, "{\"recipe\":\n\"sngan");

        assertThatIOException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessageStartingWith(recipe + " must hold JSON, but line 2 is not: ");
    }

    @Test
    void recipeWithoutArchitectureIsTold() throws Exception {
        Path recipe = run.folder().resolve("recipe.json");
        Files.writeString(recipe, "{}");

        assertThatIOException()
                .isThrownBy(() -> Exporter.of(run.folder()).write(target))
                .withMessage("%s must have architecture", recipe);
    }

    private Map<String, Tensor> golden(long step) throws IOException {
        return new LinkedHashMap<>(
                Safetensors.read(run.file(step, Parts.GOLDEN)).tensors());
    }

    private double error(Path model, long step, String images) throws IOException {
        Map<String, Tensor> golden = golden(step);
        try (Generator generator = Zoo.on(Device.cpu()).generator(model)) {
            Tensor made = generator.generate(golden.get("z"), golden.get("class_weights"));
            return new Golden(golden.get("z"), golden.get("class_weights"), golden.get(images)).maxAbsoluteError(made);
        }
    }

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).containsExactly(run.folder());
        }
    }
}
