package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.augmentation.Transformation;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the probability of augmentation follows overfitting. */
@Tag("pure")
class AugmenterTest {
    private static final Shape SHAPE = Shape.of(Shape.N, 3, 8, 8);

    private final Augmenter augmenter = augmenter(0.5);

    private static Augmenter augmenter(double probability) {
        return new Augmenter(
                new DiscriminatorAugmentation(List.of(Transformation.FLIP), probability, 0.6, 1_000), null, SHAPE);
    }

    private double probability() {
        return augmenter.metrics().get("augmentation/probability");
    }

    @Test
    void everyFourthObservationMovesItByTheImagesSeen() {
        observe(0.9, 3);
        assertThat(probability()).isEqualTo(0.5);
        observe(0.9, 1);
        assertThat(probability()).isCloseTo(0.54, within(1e-6));
        observe(0.5, 4);
        assertThat(probability()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void theMeanOfFourObservationsCounts() {
        observe(1, 1);
        observe(0, 3);

        assertThat(probability()).isCloseTo(0.46, within(1e-6));
    }

    @Test
    void itStaysAProbability() {
        observe(-1, 100);
        assertThat(probability()).isZero();
        observe(1, 400);
        assertThat(probability()).isEqualTo(1);
    }

    @Test
    void itsStateIsAllThatItNeedsToGoOn() {
        observe(0.9, 6);
        Augmenter restored = augmenter(0);
        restored.restore(augmenter.state());

        observe(0.9, 2);
        restored.observe(0.9, 10);
        restored.observe(0.9, 10);

        assertThat(restored.state().get("augmentation").get("probability").data())
                .containsExactly(
                        augmenter.state().get("augmentation").get("probability").data());
        assertThat(restored.parts()).containsExactly("augmentation");
    }

    @Test
    void aProbabilityThatStaysHasNoState() {
        Augmenter fixed = new Augmenter(DiscriminatorAugmentation.diffAugment(), null, SHAPE);
        fixed.observe(1, 1_000_000);

        assertThat(fixed.state()).isEmpty();
        assertThat(fixed.parts()).isEmpty();
        assertThat(fixed.metrics()).isEmpty();
    }

    private void observe(double sign, int times) {
        for (int i = 0; i < times; i++) {
            augmenter.observe(sign, 10);
        }
    }
}
