package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class EpochScheduleTest {
    private static final DataSpec DATA = new DataSpec("shapes", List.of("disc", "square"), 1, 28, 1_000, "00ff");

    private final TrainingPlan plan = TrainingPlan.of(Recipes.CIFAR10_CLASSIFIER, DATA, 0);

    @Test
    void anEpochIsAsManyStepsAsThereAreWholeBatches() {
        assertThat(plan.stepsPerEpoch()).isEqualTo(7);
        assertThat(plan.steps()).isEqualTo(700);
        assertThat(plan.with(Map.of("batch", "100", "epochs", "3")).steps()).isEqualTo(30);
    }

    @Test
    void theRateDropsAtEachMilestone() {
        assertThat(rate(plan, 349)).isEqualTo(1e-4);
        assertThat(rate(plan, 350)).isCloseTo(1e-5, within(1e-18));
        assertThat(rate(plan, 524)).isCloseTo(1e-5, within(1e-18));
        assertThat(rate(plan, 525)).isCloseTo(1e-6, within(1e-18));
        assertThat(rate(plan.with(Map.of("milestones", "")), 699)).isEqualTo(1e-4);
    }

    @Test
    void otherDecaysEndNearZero() {
        TrainingPlan linear = plan.with(Map.of("decay", "linear", "learningRate", "1"));
        assertThat(rate(linear, 0)).isEqualTo(1);
        assertThat(rate(linear, 350)).isEqualTo(0.5);
        assertThat(rate(linear, 699)).isCloseTo(1 / 700.0, within(1e-12));
        TrainingPlan cosine = plan.with(Map.of("decay", "cosine", "learningRate", "1"));
        assertThat(rate(cosine, 0)).isEqualTo(1);
        assertThat(rate(cosine, 350)).isCloseTo(0.5, within(1e-12));
        assertThat(rate(cosine, 699)).isPositive().isLessThan(1e-4);
    }

    @Test
    void warmUpRisesLinearly() {
        TrainingPlan warm = plan.with(Map.of("decay", "none", "learningRate", "1", "warmupEpochs", "2"));

        assertThat(rate(warm, 0)).isCloseTo(1 / 15.0, within(1e-12));
        assertThat(rate(warm, 13)).isCloseTo(14 / 15.0, within(1e-12));
        assertThat(rate(warm, 14)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            epochs       | 0     | epochs must be ≥ 1, got 0
            batch        | 0     | batch must be ≥ 1, got 0
            learningRate | 0     | learningRate must be > 0 and finite, got 0.0
            weightDecay  | -1    | weightDecay must be ≥ 0 and finite, got -1.0
            warmupEpochs | 100   | warmupEpochs must be in [0, 100) (the number of epochs), got 100
            milestones   | 75,50 | milestones must be ≥ 0 and ascend, got [75, 50]
            milestones   | -1,50 | milestones must be ≥ 0 and ascend, got [-1, 50]
            milestones   | 50,x  | milestones must be a list, each a whole number, got [50,"x"]
            decay        | slow  | decay must be "none" or "milestones" or "linear" or "cosine", got "slow"
            cropArea     | 0     | cropArea must be in (0, 1], got 0.0
            size         | 32    | size must come from the data, got size=32
            """)
    void wrongValuesAreRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.with(Map.of(name, value)))
                .withMessage(message);
    }

    private static double rate(TrainingPlan plan, long step) {
        return ((Supervised) plan.procedure()).schedule().learningRate(step, plan.stepsPerEpoch());
    }
}
