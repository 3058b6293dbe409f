package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.loss.Orthogonality;
import dev.ganzoo.training.loss.R1;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.json.RecordJson;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes add up: where no layer looks across the batch, k passes of b images are one pass of k·b. */
@Tag("native")
@ExtendWith(NativeResources.class)
class AccumulationTest {
    private static final int PIXELS = 6;
    private static final int LATENT = 3;
    private static final int CLASSES = 2;
    private static final int ALL = 32;

    private static final Architecture<Size> LINEAR =
            new Architecture<>("linear", Size.class, AccumulationTest::generator, AccumulationTest::discriminator);

    record Size(int width) {}

    private static Graph generator(Size size) {
        Node z = Node.input("z", Shape.of(Shape.N, LATENT));
        Node classes = Node.input("class_weights", Shape.of(Shape.N, CLASSES));
        Node h = linear("latent", z, size.width(), LATENT).plus(linear("class", classes, size.width(), CLASSES));
        return Graph.of(
                "generator",
                "image",
                linear("out", h.tanh(), PIXELS, size.width()).tanh());
    }

    private static Graph discriminator(Size size) {
        Node image = Node.input("image", Shape.of(Shape.N, PIXELS));
        Node classes = Node.input("class_weights", Shape.of(Shape.N, CLASSES));
        Node h = linear("pixels", image, size.width(), PIXELS).plus(linear("class", classes, size.width(), CLASSES));
        return Graph.of("discriminator", "logit", linear("out", h.relu(), 1, size.width()));
    }

    private static Node linear(String name, Node x, int outputs, int inputs) {
        Node weight = Node.parameter(name + ".weight", Init.normal(0, 0.5), outputs, inputs);
        Node bias = Node.parameter(name + ".bias", Init.constant(0.1), outputs);
        return Node.apply(new Op.Linear(), x, weight, bias);
    }

    static Stream<Game> games() {
        Game hinge = Game.of(Objectives.hinge());
        return Stream.of(hinge, hinge.and(new R1(0.5)).and(new Orthogonality(0.1, 0.1)));
    }

    @ParameterizedTest
    @MethodSource("games")
    void passesAddUpToOneLargerBatch(Game game) {
        Map<String, Map<String, Tensor>> atOnce = afterTwoSteps(game, 1);

        for (int passes : new int[] {2, 8}) {
            Map<String, Map<String, Tensor>> inPasses = afterTwoSteps(game, passes);
            assertThat(inPasses.keySet()).isEqualTo(atOnce.keySet());
            // With β₁ = 0 the first moments are the gradients themselves.
            atOnce.forEach((part, tensors) -> tensors.forEach((name, expected) -> Closeness.assertClose(
                    part + " " + name, inPasses.get(part).get(name), DoubleTensor.of(expected), 1e-5)));
        }
    }

    @ParameterizedTest
    @MethodSource("games")
    void metricsAreMeansOverThePasses(Game game) {
        Map<String, Double> atOnce = metrics(game, 1);
        Map<String, Double> inPasses = metrics(game, 8);

        assertThat(inPasses.keySet()).isEqualTo(atOnce.keySet());
        atOnce.forEach((name, value) -> assertThat(inPasses.get(name)).as(name).isCloseTo(value, within(1e-5)));
    }

    private static Map<String, Double> metrics(Game game, int passes) {
        try (AdversarialTraining training = training(game, passes)) {
            return training.step(0);
        }
    }

    private static Map<String, Map<String, Tensor>> afterTwoSteps(Game game, int passes) {
        try (AdversarialTraining training = training(game, passes)) {
            training.step(0);
            training.step(1);
            return training.state();
        }
    }

    private static AdversarialTraining training(Game game, int passes) {
        ObjectNode schedule = RecordJson.write(Schedule.steps(10).discriminatorSteps(2));
        schedule.set("accumulation", JsonNodeFactory.instance.numberNode(passes));
        return new AdversarialTraining(
                LINEAR.networks(new Size(5)),
                game,
                DiscriminatorAugmentation.NONE,
                RecordJson.read("schedule", schedule, Schedule.class),
                new Slices(passes),
                3,
                Device.cpu());
    }

    /** Batches of 32 rows, handed out whole or in slices of equal size. */
    private record Slices(int perBatch) implements Feed {
        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public Batch real(long index) {
            return slice("real", PIXELS, index);
        }

        @Override
        public Batch discriminatorLatents(long index) {
            return slice("discriminator", LATENT, index);
        }

        @Override
        public Batch generatorLatents(long index) {
            return slice("generator", LATENT, index);
        }

        private Batch slice(String purpose, int width, long index) {
            Randomness randomness = Randomness.of(4).forPurpose(purpose);
            Tensor rows = Init.normal(0, 1).sample(new int[] {ALL, width}, randomness.at(index / perBatch));
            int count = ALL / perBatch;
            int from = (int) (index % perBatch) * count;
            Tensor classWeights = Tensor.zeros(count, CLASSES);
            for (int i = 0; i < count; i++) {
                classWeights.data()[i * CLASSES + (from + i) % CLASSES] = 1;
            }
            float[] values = Arrays.copyOfRange(rows.data(), from * width, (from + count) * width);
            return new Batch(Tensor.of(values, count, width), classWeights);
        }
    }
}
