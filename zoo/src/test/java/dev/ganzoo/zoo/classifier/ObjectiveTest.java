package dev.ganzoo.zoo.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ObjectiveTest {
    private static final Tensor LOGITS = Tensor.of(new float[] {1, 4, 3, -1, 2}, 1, 5);

    @Test
    void valuesFollowTheirDefinitions() {
        double sumOfExponentials = Math.exp(1) + Math.exp(4) + Math.exp(3) + Math.exp(-1) + Math.exp(2);
        assertThat(Objective.crossEntropy(5, 2).values(LOGITS)[0])
                .isCloseTo(Math.log(sumOfExponentials) - 3, within(1e-12));
        assertThat(Objective.margin(5, 1).values(LOGITS)[0]).isEqualTo(-1);
        assertThat(Objective.margin(5, 2).values(LOGITS)[0]).isEqualTo(1);
        assertThat(Objective.dlr(5, 1).values(LOGITS)[0]).isCloseTo(-1 / 2.0, within(1e-9));
        assertThat(Objective.dlr(5, 0).values(LOGITS)[0]).isCloseTo(3 / 2.0, within(1e-9));
        assertThat(Objective.targetedDlr(5, new int[] {1}, new int[] {3}).values(LOGITS)[0])
                .isCloseTo(-5 / 2.5, within(1e-9));
        assertThat(Objective.logit(5, 4).values(LOGITS)[0]).isEqualTo(2);
    }

    @Test
    void cotangentsAreTheDerivativesOfValues() {
        int classes = 6;
        for (Objective objective : List.of(
                Objective.crossEntropy(classes, 2),
                Objective.margin(classes, 3),
                Objective.dlr(classes, 0).negated(),
                Objective.targetedDlr(classes, new int[] {1}, new int[] {4}).times(3),
                Objective.logit(classes, 5))) {
            float[] logits = {0.3f, -1.2f, 2.1f, 0.9f, 1.6f, -0.4f};
            double[] cotangent = objective.cotangents(Tensor.of(logits, 1, classes))[0];
            for (int k = 0; k < classes; k++) {
                float step = 1 / 1024f;
                float[] up = logits.clone();
                float[] down = logits.clone();
                up[k] += step;
                down[k] -= step;
                double slope = (objective.values(Tensor.of(up, 1, classes))[0]
                                - objective.values(Tensor.of(down, 1, classes))[0])
                        / (up[k] - down[k]);
                assertThat(cotangent[k]).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
            }
        }
    }

    @Test
    void eachImageHasItsOwnObjective() {
        Tensor twice = Tensor.of(new float[] {0, 1, 2, 0, 1, 2}, 2, 3);
        Objective objective = Objective.margin(3, 0, 2).timesEach(new float[] {2, -1});
        assertThat(objective.values(twice)).containsExactly(4, 1);
        assertThat(objective.count()).isEqualTo(2);
        assertThat(objective.classes()).isEqualTo(3);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Objective.dlr(2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DLR needs at least 3 classes, got 2; use cross entropy");
        assertThatThrownBy(() -> Objective.crossEntropy(3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be in 0..2, got 3");
        assertThatThrownBy(() -> Objective.margin(3, 0).values(LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logits must have shape [1, 3], got [1, 5]");
    }
}
