package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.training.loss.Verdict;
import dev.ganzoo.training.loss.View;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.random.Randomness;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("native")
@ExtendWith(NativeResources.class)
class DiscriminatorTest {
    private static final int PIXELS = 64;

    @Test
    void dropoutFollowsTheNoiseAndTheView() {
        Node image = Node.input("image", Shape.of(Shape.N, 1, 1, PIXELS));
        Graph graph = Graph.of(
                "discriminator", Verdict.LOGIT, image.dropout("drop", 0.5).reshape(Shape.N, PIXELS));
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(graph, Map.of(), manager)) {
            Discriminator discriminator = new Discriminator(network);

            float[] first = answer(manager, discriminator, View.REAL, "first");

            assertThat(answer(manager, discriminator, View.REAL, "first")).isEqualTo(first);
            assertThat(answer(manager, discriminator, View.REAL, "second")).isNotEqualTo(first);
            assertThat(answer(manager, discriminator, View.FAKE, "first")).isNotEqualTo(first);
        }
    }

    private static float[] answer(NDManager manager, Discriminator discriminator, View view, String noise) {
        NDArray images = manager.ones(new ai.djl.ndarray.types.Shape(1, 1, 1, PIXELS));
        Aim.Question question = new Aim.Question(view, Set.of(Verdict.LOGIT));
        return discriminator
                .answer(
                        manager,
                        question,
                        new Shown(images, images),
                        Randomness.of(0).forPurpose(noise))
                .get(Aim.input(view, Verdict.LOGIT))
                .toFloatArray();
    }
}
