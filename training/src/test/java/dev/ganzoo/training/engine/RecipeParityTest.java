package dev.ganzoo.training.engine;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One whole step of every recipe and its variants against PyTorch on the same weights, batches and random numbers. */
@Tag("native")
@ExtendWith(NativeResources.class)
class RecipeParityTest {
    private static final double TOLERANCE = 1e-4;

    static Stream<RecipeStep> steps() {
        return RecipeStep.all();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void lossesAndWeightsAfterAStepAgree(RecipeStep step) {
        Safetensors torch = PyTorchFixtures.recipe(step.name());
        Safetensors start = Safetensors.of(step.start());
        Adversarial procedure = step.procedure();
        try (AdversarialTraining training = new AdversarialTraining(
                step.plan().networks(),
                procedure.game(),
                procedure.augmentation(),
                procedure.schedule(),
                new FixedFeed(start),
                RecipeStep.SEED,
                Device.cpu())) {
            Map<String, Map<String, Tensor>> state = training.state();
            state.put("generator", PyTorchFixtures.under("generator", start));
            state.put("discriminator", PyTorchFixtures.under("discriminator", start));
            training.restore(state, 0);

            Map<String, Double> metrics = training.step(0);

            for (String loss : new String[] {"loss/discriminator", "loss/generator"}) {
                double expected = torch.tensor(loss).data()[0];
                assertThat(metrics.get(loss))
                        .as(loss)
                        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
            }
            double share = 1 - procedure.schedule().beta1();
            for (String network : new String[] {"discriminator", "generator"}) {
                assertGradientsAgree(network, training.state().get("optimizer-" + network), share, torch);
                assertWeightsAgree(network, training.state().get(network), torch);
            }
        }
    }

    /** After one update or without momentum, Adam's first moments are a share of the last gradients. */
    private static void assertGradientsAgree(
            String network, Map<String, Tensor> moments, double share, Safetensors torch) {
        PyTorchFixtures.under("grad/" + network, torch).forEach((name, gradient) -> {
            double[] expected = DoubleTensor.of(gradient).data();
            float[] actual = moments.get("first/" + name).data();
            assertThat(actual).hasSameSizeAs(expected);
            double scale =
                    Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i] / share)
                        .as("gradient of %s %s[%d]", network, name, i)
                        .isCloseTo(expected[i], within(TOLERANCE * scale));
            }
        });
    }

    /** But for biases that a norm takes off again: Adam makes steps of full size of the rounding noise of their gradients. */
    private static void assertWeightsAgree(String network, Map<String, Tensor> actual, Safetensors torch) {
        Map<String, Tensor> expected = PyTorchFixtures.under("after/" + network, torch);
        assertThat(actual).containsOnlyKeys(expected.keySet());
        for (String noise : torch.metadata().get("noise").split(",")) {
            expected.remove(noise.replaceFirst("^" + network + "/", ""));
        }
        expected.forEach((name, value) ->
                assertClose(network + " " + name, actual.get(name), DoubleTensor.of(value), TOLERANCE));
    }

    /** The batches of a step, each of the pass of its number. */
    private record FixedFeed(Safetensors start) implements Feed {
        private Batch batch(long pass, String name) {
            String path = pass + "/" + name;
            return new Batch(start.tensor(path), start.tensor(path + "_classes"));
        }

        @Override
        public int classes() {
            return real(0).classWeights().shape()[1];
        }

        @Override
        public Batch real(long index) {
            return batch(index, "real");
        }

        @Override
        public Batch labelled(double fraction, long index) {
            return batch(index, "labelled");
        }

        @Override
        public Batch discriminatorLatents(long index) {
            return batch(index, "z");
        }

        @Override
        public Batch generatorLatents(long index) {
            return batch(index, "z2");
        }
    }
}
