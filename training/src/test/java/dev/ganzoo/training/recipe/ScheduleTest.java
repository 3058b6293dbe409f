package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the command line cannot show; ranges are tested with the settings in {@link TrainingPlanTest}. */
@Tag("pure")
class ScheduleTest {
    @Test
    void linearDecayEndsOneStepAboveZero() {
        assertThat(Schedule.Decay.LINEAR.factor(0, 4)).isEqualTo(1);
        assertThat(Schedule.Decay.LINEAR.factor(1, 4)).isEqualTo(0.75);
        assertThat(Schedule.Decay.LINEAR.factor(3, 4)).isEqualTo(0.25);
    }

    @Test
    void withoutDecayTheRateStays() {
        assertThat(Schedule.Decay.NONE.factor(0, 4)).isEqualTo(1);
        assertThat(Schedule.Decay.NONE.factor(3, 4)).isEqualTo(1);
    }

    @Test
    void eachVerbChangesItsOwnPart() {
        Schedule schedule = Schedule.steps(10)
                .batch(16)
                .discriminatorSteps(5)
                .adam(1e-3, 0.5, 0.99)
                .decayToZero()
                .movingAverage(0.999, 100);

        assertThat(schedule)
                .isEqualTo(new Schedule(10, 16, 5, 1, 1e-3, 1e-3, 0.5, 0.99, Schedule.Decay.LINEAR, 0.999, 100, 0));
        assertThat(schedule.hasMovingAverage()).isTrue();
        assertThat(Schedule.steps(10).hasMovingAverage()).isFalse();
    }
}
