package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The penalty of the discriminator's gradient at real images, γ/2 · E‖∇D(x)‖² (Mescheder et al. 2018, eq. 9), where D(x) is the
 * logit and x what the discriminator is shown, augmented or not.
 *
 * @param r1 γ, ≥ 0; 0 for none
 */
public record R1(double r1) implements Term {
    /** @throws IllegalArgumentException if γ is negative */
    public R1 {
        Check.weight("r1", r1);
    }

    @Override
    public String name() {
        return "r1-penalty";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.of(
                r1 / 2, () -> squares(judge.on(View.REAL).imageGradient()).mean(0));
    }

    /** The squared length of each image's gradient, (N, C, H, W) → (N). */
    static Node squares(Node gradient) {
        Integer[] axes = IntStream.range(1, gradient.shape().rank()).boxed().toArray(Integer[]::new);
        return gradient.times(gradient).sum(axes);
    }
}
