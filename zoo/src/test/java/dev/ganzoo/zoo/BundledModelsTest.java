package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelSummary;
import dev.ganzoo.zoo.model.Task;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model on the class path: whole, described, and no constant function. */
@Tag("native")
class BundledModelsTest {
    @TempDir
    static Path noModels;

    static Stream<String> names() {
        return Zoo.in(noModels).models().stream().map(ModelSummary::name);
    }

    static Stream<String> generators() {
        return names().filter(name -> Zoo.in(noModels).card(name).task() == Task.GENERATOR);
    }

    static Stream<String> conditionalGenerators() {
        return generators().filter(name -> Zoo.in(noModels).card(name).conditional());
    }

    @Test
    void generatorsAndAClassifierAreThere() {
        assertThat(names())
                .contains("sngan-proj", "biggan", "ssgan", "acgan-wgan-gp", "cifar10-classifier", "acgan-classifier");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theCardSaysWhereTheModelComesFrom(String name) {
        ModelCard card = Zoo.in(noModels).card(name);

        assertThat(card.name()).isEqualTo(name);
        assertThat(card.description()).isNotBlank();
        assertThat(card.provenance().hours()).isPositive();
        assertThat(card.provenance().machine()).isNotBlank();
        assertThat(card.provenance().data()).isNotBlank();
        assertThat(card.parity().maxAbsoluteError())
                .isLessThanOrEqualTo(card.parity().tolerance());
    }

    @ParameterizedTest
    @MethodSource("generators")
    void imagesDiffer(String name) {
        try (Generator generator = Zoo.in(noModels).on(Device.cpu()).generator(name)) {
            SampleRequest request = generator.sample(8).seed(1);
            boolean conditional = generator.card().conditional();
            List<Sample> samples = (conditional ? request.ofClass(0) : request).samples();

            double sum = 0;
            for (Sample sample : samples) {
                sum += distance(samples.get(0), sample);
            }
            assertThat(sum / (samples.size() - 1))
                    .as("mean difference of two images")
                    .isGreaterThan(0.1);
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalGenerators")
    void classesDiffer(String name) {
        try (Generator generator = Zoo.in(noModels).on(Device.cpu()).generator(name)) {
            int classes = generator.labels().size();
            List<Sample> samples = generator.sample(8).eachClass().seed(1).samples();

            double between = 0;
            for (int label = 1; label < classes; label++) {
                between += distance(meanOf(samples, 0, classes), meanOf(samples, label, classes));
            }
            assertThat(between / (classes - 1))
                    .as("mean difference of the mean images of two classes")
                    .isGreaterThan(0.05);
        }
    }

    private static double distance(Sample a, Sample b) {
        return distance(a.tensor(), b.tensor());
    }

    private static double distance(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += Math.abs(a.data()[i] - b.data()[i]);
        }
        return sum / a.size();
    }

    private static Tensor meanOf(List<Sample> samples, int label, int classes) {
        Tensor mean = Tensor.zeros(samples.get(0).tensor().shape());
        int count = samples.size() / classes;
        for (int row = 0; row < count; row++) {
            Tensor image = samples.get(row * classes + label).tensor();
            for (int i = 0; i < mean.size(); i++) {
                mean.data()[i] += image.data()[i] / count;
            }
        }
        return mean;
    }
}
