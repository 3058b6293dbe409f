package dev.ganzoo.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Sample;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class TorchFidelityTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("generator.onnx");
    }

    @Test
    void bundledGeneratorGivesTheBytesOfTheZoo() throws Exception {
        ModelPackage model = ModelCatalog.standard().find("sngan-proj");
        TorchFidelity.write(model, file);
        try (Generator generator = Zoo.on(Device.cpu()).generator("sngan-proj")) {
            assertSameBytes(generator, 7);
        }
    }

    @Test
    void labelsChooseAmongClasses() throws Exception {
        Path place = TinyModels.write(folder.resolve("tiny"));
        TorchFidelity.write(ModelPackage.open(place), file);
        try (Generator generator = Zoo.on(Device.cpu()).generator(place)) {
            assertSameBytes(generator, 500);
        }
    }

    @Test
    void greyImagesOfNoClassHaveThreeEqualChannels() throws Exception {
        ModelCard card =
                TinyModels.card("grey").labels(List.of()).image(1, 4, 4).build();
        Path place = TinyModels.write(folder.resolve("grey"), card, "unconditional");
        TorchFidelity.write(ModelPackage.open(place), file);
        try (Generator generator = Zoo.on(Device.cpu()).generator(place)) {
            assertSameBytes(generator, 500);
        }
    }

    @Test
    void aRunIsWrittenWithoutLeavingItsPackage() throws Exception {
        SyntheticRun run = new SyntheticRun(folder.resolve("run")).checkpoint(100);
        ModelCard card = TorchFidelity.write(Exporter.of(run.folder()), file);
        assertThat(card.provenance().step()).isEqualTo(100);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            assertThat(session.getInputInfo().keySet()).containsExactly("z", "labels");
            assertThat(shape(session.getInputInfo().get("z"))).containsExactly(-1, SyntheticRun.SPEC.latent());
        }
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("model"));
    }

    @Test
    void refusesWhatIsNoGeneratorOrThereAlready() throws IOException {
        ModelPackage classifier = ModelPackage.open(TinyModels.writeClassifier(folder.resolve("classifier.zip")));
        assertThatThrownBy(() -> TorchFidelity.write(classifier, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("classifier.zip: task must be generator, got classifier");
        Path place = TinyModels.write(folder.resolve("tiny"));
        assertThatThrownBy(() -> TorchFidelity.write(ModelPackage.open(place), place))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(place.toString());
    }

    @Test
    void commandNamesWhatTorchFidelityHasToBeTold() {
        ModelCard card = TinyModels.card("tiny").build();
        assertThat(TorchFidelity.command(card, Path.of("x.onnx"), "cifar10-train"))
                .isEqualTo("fidelity --fid --isc --kid --input1 x.onnx --input1-model-z-type normal"
                        + " --input1-model-z-size 8 --input1-model-num-classes 3 --input1-model-num-samples 50000"
                        + " --input2 cifar10-train");
    }

    /** Compares all bytes of samples with those of the file, and checks what the file says of itself. */
    private void assertSameBytes(Generator generator, int count) throws OrtException {
        ModelCard card = generator.card();
        List<Sample> samples =
                generator.sample(count).truncated(Truncation.none()).seed(3).samples();
        int plane = card.image().height() * card.image().width();
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            assertThat(session.getInputInfo().keySet())
                    .containsExactlyElementsOf(card.conditional() ? List.of("z", "labels") : List.of("z"));
            NodeInfo output = session.getOutputInfo().values().iterator().next();
            assertThat(((TensorInfo) output.getInfo()).type).isEqualTo(OnnxJavaType.UINT8);
            assertThat(shape(output))
                    .containsExactly(-1, 3, card.image().height(), card.image().width());
            byte[] made = run(session, card, samples);
            for (int n = 0; n < count; n++) {
                byte[] expected = Pixels.bytes(samples.get(n).tensor());
                for (int k = 0; k < 3 * plane; k++) {
                    assertThat(made[n * 3 * plane + k])
                            .as("image %d, byte %d", n, k)
                            .isEqualTo(expected[k % expected.length]);
                }
            }
        }
    }

    private static long[] shape(NodeInfo info) {
        return ((TensorInfo) info.getInfo()).getShape();
    }

    private static byte[] run(OrtSession session, ModelCard card, List<Sample> samples) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int count = samples.size();
        FloatBuffer latents = FloatBuffer.allocate(count * card.latent().size());
        LongBuffer labels = LongBuffer.allocate(count);
        for (Sample sample : samples) {
            latents.put(sample.latent());
            labels.put(sample.label());
        }
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OnnxTensor z = OnnxTensor.createTensor(environment, latents.flip(), new long[] {
                    count, card.latent().size()
                });
                OnnxTensor y = OnnxTensor.createTensor(environment, labels.flip(), new long[] {count})) {
            inputs.put("z", z);
            if (card.conditional()) {
                inputs.put("labels", y);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                ByteBuffer bytes = ((OnnxTensor) result.get(0)).getByteBuffer();
                byte[] made = new byte[bytes.remaining()];
                bytes.get(made);
                return made;
            }
        }
    }
}
