package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.json.RecordJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ImageRateTest {
    @Test
    void countsTheRealImagesOfAllDiscriminatorSteps() {
        ObjectNode json = RecordJson.write(Schedule.steps(10).batch(8).discriminatorSteps(5));
        json.set("accumulation", JsonNodeFactory.instance.numberNode(2));
        ImageRate rate = new ImageRate(RecordJson.read("schedule", json, Schedule.class));

        assertThat(rate.after(2)).isEqualTo(40);
    }

    @Test
    void followsChangesSlowly() {
        ImageRate rate = new ImageRate(Schedule.steps(10).batch(10));

        assertThat(rate.after(1)).isEqualTo(10);
        assertThat(rate.after(2)).isCloseTo(10 / 1.1, within(1e-9));
    }
}
