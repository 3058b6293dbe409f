package dev.ganzoo.zoo.graph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ExplanationTest {
    private static final Op.Conv2d CONV = new Op.Conv2d(Extent.square(1), Extent.square(1), Extent.square(1), 2);

    @Test
    void countsWhatDependsOnAnInput() {
        Node x = Node.input("x", Shape.of(Shape.N, 4, 5, 6));
        Node kernel = Node.constant(Tensor.zeros(8, 2, 3, 3)).times(Node.constant(2));
        Node conv = Node.apply(CONV, x, kernel);
        Node transposed = Node.apply(
                new Op.ConvTranspose2d(Extent.square(2), Extent.square(1)),
                conv,
                Node.constant(Tensor.zeros(8, 3, 4, 4)));
        Node y = transposed.reshape(Shape.N, 3 * 120).matMul(Node.constant(Tensor.zeros(360, 7)));

        Cost cost = Cost.of(Graph.of("counted", "y", y));

        long convolution = 8 * 30 * 2 * 9;
        long transposition = 8 * 30 * 3 * 16;
        assertThat(cost.nodes()).isEqualTo(4);
        assertThat(cost.multiplyAdds()).isEqualTo(convolution + transposition + 360 * 7);
        assertThat(cost.bytes()).isEqualTo(4 * (8 * 18 + 1 + 8 * 48 + 360 * 7));
    }

    @Test
    void tellsWhatEachRuleDid() {
        ResidualGan.Spec spec = new ResidualGan.Spec(4, 3, 3, 8, 8, Interpolation.NEAREST, false, Pooling.SUM);
        Graph generator = ResidualGan.generator(spec);
        Graph bound = Weights.bind(generator, Examples.weights(generator));

        Explanation explanation = Explanation.of(bound, Target.CPU.rules());

        assertThat(explanation.after())
                .isEqualTo(Cost.of(Rewriter.with(Target.CPU.rules()).rewrite(bound)));
        assertThat(explanation.after().nodes()).isLessThan(explanation.before().nodes());
        assertThat(explanation.after().multiplyAdds())
                .isLessThan(explanation.before().multiplyAdds() * 3 / 4);
        assertThat(explanation.toString().lines())
                .anyMatch(line -> line.startsWith("batch-norm-as-affine  "))
                .anyMatch(line -> line.startsWith("upsampled-convolution  "))
                .anyMatch(line -> line.startsWith("nothing to do for ") && line.contains("winograd-convolution"));
    }

    @Test
    void saysNothingOfNoRules() {
        Node x = Node.input("x", Shape.of(Shape.N, 4));
        Explanation explanation = Explanation.of(Graph.of("plain", "y", x.relu()), List.of());

        assertThat(explanation.after()).isEqualTo(new Cost(1, 0, 0));
        assertThat(explanation.toString().lines()).hasSize(2);
    }
}
