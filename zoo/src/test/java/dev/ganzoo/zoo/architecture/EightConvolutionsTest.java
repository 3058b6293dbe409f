package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class EightConvolutionsTest {
    /** Counted by PyTorch: {@code src/test/python/eight_convolutions.py}. */
    @ParameterizedTest
    @CsvSource({"10, 3, 32, 196, 3137774", "10, 3, 32, 128, 1500810", "10, 1, 28, 64, 437450", "100, 3, 32, 96, 940804"
    })
    void parametersAreAsManyAsInPyTorch(int classes, int channels, int size, int width, long count) {
        Graph classifier = EightConvolutions.classifier(new EightConvolutions.Spec(classes, channels, size, width));

        assertThat(classifier.parameterCount()).isEqualTo(count);
        assertThat(classifier.output().shape()).isEqualTo(Shape.of(Shape.N, classes));
        assertThat(classifier.buffers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb", "grey"})
    void logitsAreThoseOfPyTorch(String images) {
        Safetensors torch = PyTorchFixtures.classifier(images);
        Graph classifier = EightConvolutions.classifier(PyTorchFixtures.classifierSpec(torch));

        assertThat(distance(classifier, torch)).isLessThan(1e-5);
    }

    /** How far the logits are from PyTorch's. */
    private static double distance(Graph classifier, Safetensors torch) {
        DoubleTensor logits = ReferenceEvaluator.evaluate(
                        classifier,
                        Mode.EVALUATION,
                        DoubleTensor.of(Map.of("image", torch.tensor("images"))),
                        DoubleTensor.of(PyTorchFixtures.under("classifier", torch)))
                .output();
        double worst = 0;
        for (int i = 0; i < logits.data().length; i++) {
            worst = Math.max(
                    worst, Math.abs(logits.data()[i] - torch.tensor("logits").data()[i]));
        }
        return worst;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 3 | 32 | 8 | classes must be at least 1, got 0
            10 | 2 | 32 | 8 | channels must be 1 or 3, got 2
            10 | 3 | 0  | 8 | size must be at least 1, got 0
            10 | 3 | 32 | 0 | width must be at least 1, got 0
            """)
    void wrongSizesAreRefused(int classes, int channels, int size, int width, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EightConvolutions.Spec(classes, channels, size, width))
                .withMessage(message);
    }

    @Test
    void networksOfOtherKindsAreRefused() {
        Networks<?> classifier = Architectures.EIGHT_CONVOLUTIONS.networks(new EightConvolutions.Spec(2, 1, 8, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(classifier::generator)
                .withMessage("architecture eight-convolutions must have a generator, has classifier");
        assertThat(classifier.graphs()).extracting(Graph::name).containsExactly("classifier");
    }
}
