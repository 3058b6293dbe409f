package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.gradient.Gradients;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pair of networks keeps to, whatever its architecture. */
@Tag("pure")
class NetworksTest {
    static List<Networks<?>> all() {
        return TinyNetworks.all();
    }

    static Stream<Networks<?>> pairs() {
        return all().stream().filter(networks -> !networks.hasClassifier());
    }

    @Test
    void everyArchitectureIsAmongThem() {
        assertThat(all())
                .extracting(networks -> (Object) networks.architecture())
                .containsAll(Architectures.all());
    }

    @ParameterizedTest
    @MethodSource("all")
    void areReadAsWritten(Networks<?> networks) {
        assertThat(Architectures.read(networks.toJson())).isEqualTo(networks);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theDiscriminatorTakesWhatTheGeneratorMakes(Networks<?> networks) {
        Graph generator = networks.generator();
        Graph discriminator = networks.discriminator();

        assertThat(generator.name()).isEqualTo("generator");
        assertThat(discriminator.name()).isEqualTo("discriminator");
        assertThat(generator.inputs()).extracting(Node::name).contains("z").isSubsetOf("z", "class_weights");
        assertThat(discriminator.inputs())
                .extracting(Node::name)
                .contains("image")
                .isSubsetOf("image", "class_weights");
        assertThat(generator.outputs()).containsOnlyKeys("image");
        assertThat(inputs(discriminator).get("image"))
                .isEqualTo(generator.output().shape());
        assertThat(discriminator.outputs().keySet()).startsWith("logit");
        assertThat(discriminator.outputs().get("logit").shape()).isEqualTo(Shape.of(Shape.N, 1));
        assertThat(Set.of("logit", "class_logits", "rotation_logits"))
                .containsAll(discriminator.outputs().keySet());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void imagesAreInTheirRangeAndNotAllAlike(Networks<?> networks) {
        Graph generator = networks.generator();

        double[] images = ReferenceEvaluator.evaluate(
                        generator,
                        Mode.EVALUATION,
                        DoubleTensor.of(Examples.inputs(generator, 2)),
                        DoubleTensor.of(Examples.weights(generator)))
                .output()
                .data();

        assertThat(Arrays.stream(images)).allMatch(value -> Math.abs(value) <= 1);
        assertThat(Arrays.copyOf(images, images.length / 2))
                .isNotEqualTo(Arrays.copyOfRange(images, images.length / 2, images.length));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void logitsCanBeDifferentiatedByTheImage(Networks<?> networks) {
        Graph discriminator = networks.discriminator();
        Node logit = discriminator.outputs().get("logit");
        Node image = discriminator.inputs().stream()
                .filter(input -> input.name().equals("image"))
                .findFirst()
                .orElseThrow();

        Node gradient = Gradients.of(logit, Node.constant(1).expandLike(logit), image);

        assertThat(gradient.shape()).isEqualTo(image.shape());
    }

    private static Map<String, Shape> inputs(Graph graph) {
        return graph.inputs().stream().collect(Collectors.toMap(Node::name, Node::shape));
    }

    @Test
    void fakeAsAClassHasTheOddsOfAllOthersAsItsLogit() {
        Graph stacked = semiSupervised(SemiSupervisedGan.Heads.STACKED);
        Graph fakeClass = semiSupervised(SemiSupervisedGan.Heads.FAKE_CLASS);

        for (Graph discriminator : List.of(stacked, fakeClass)) {
            Map<String, DoubleTensor> outputs = ReferenceEvaluator.evaluate(
                            discriminator,
                            Mode.EVALUATION,
                            DoubleTensor.of(Examples.inputs(discriminator, 1)),
                            DoubleTensor.of(Examples.weights(discriminator)))
                    .outputs();
            double[] classes = outputs.get("class_logits").data();
            double real = Math.exp(classes[0]) + Math.exp(classes[1]) + Math.exp(classes[2]);
            double fake = discriminator == stacked ? 1 : Math.exp(classes[3]);
            assertThat(outputs.get("logit").data()[0]).isCloseTo(Math.log(real / fake), within(1e-9));
        }
    }

    private static Graph semiSupervised(SemiSupervisedGan.Heads heads) {
        return SemiSupervisedGan.discriminator(new SemiSupervisedGan.Spec(4, 3, 1, 8, 2, 2, heads));
    }

    @Test
    void wrongSizesAreRefused() {
        assertRefused(() -> ResidualGan.Spec.published(10, 3, 40), "size must be 32, 48, 64 or 128, got 40");
        assertRefused(
                () -> new BigGan.Spec(8, 2, 3, 48, 4, 4, 1, true, true, Initialization.XAVIER),
                "size must be 32, 64 or 128, got 48");
        assertRefused(
                () -> new BigGan.Spec(8, 2, 3, 32, 4, 4, 0, true, true, Initialization.XAVIER),
                "sharedEmbedding must be at least 1 with hierarchicalLatents, got 0");
        assertRefused(
                () -> new BigGan.Spec(9, 2, 3, 32, 4, 4, 1, true, true, Initialization.XAVIER),
                "latent with hierarchicalLatents at size 32 must be a multiple of 4, got 9");
        assertRefused(
                () -> new BigGan.Spec(10, 2, 3, 64, 24, 16, 1, true, true, Initialization.XAVIER),
                "ngf must be a multiple of 16, got 24");
        assertRefused(
                () -> Dcgan.Spec.published(3, 36), "size must be 4, 5, 6 or 7 times a power of two above 1, got 36");
        assertRefused(
                () -> new AuxiliaryGan.Spec(10, 10, 3, 32, 4),
                "latent must be above 10 (the number of classes), got 10");
        assertRefused(() -> SemiSupervisedGan.Spec.published(10, 1, 30), "size must be a multiple of 4, got 30");
        assertRefused(() -> Dcgan.Spec.published(3, 1 << 30), "size must be at most 4096, got 1073741824");
        assertRefused(() -> SemiSupervisedGan.Spec.published(10, 1, 8192), "size must be at most 4096, got 8192");
        assertRefused(
                () -> new BigGan.Spec(8, 2, 3, 32, 4, 4, 1 << 17, false, true, Initialization.XAVIER),
                "sharedEmbedding must be at most 65536, got 131072");
    }

    @Test
    void networksOfMoreValuesThanArraysHoldAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuxiliaryGan.generator(new AuxiliaryGan.Spec(100, 10, 3, 4096, 1 << 16)))
                .withMessage("65536 channels of 512×512 pixels must be at most 2147483647 values, got 17179869184");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResidualGan.discriminator(
                        new ResidualGan.Spec(8, 10, 3, 4, 1 << 16, Interpolation.NEAREST, false, Pooling.SUM)))
                .withMessage("block1.conv2.weight must have at most 2147483647 values, got shape (65536, 65536, 3, 3)");
    }

    private static void assertRefused(Supplier<Record> spec, String message) {
        assertThatIllegalArgumentException().isThrownBy(spec::get).withMessage(message);
    }
}
