package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.zoo.metrics.ClassFrechetDistance.Row;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ClassFrechetDistanceTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("features");
    private static final List<String> NAMES = List.of("ape", "bee", "cat", "dog");

    @Test
    void isTheMeanOfScipysFidsByClass() {
        Features real = NUMPY.features("real"), fake = NUMPY.features("fake");
        ClassFrechetDistance intra = ClassFrechetDistance.of(real, labels(300), fake, labels(200), NAMES);

        double[] found = DoubleStream.concat(
                        DoubleStream.of(intra.mean()), intra.classes().stream().mapToDouble(Row::distance))
                .toArray();
        NUMPY.check("intra", found);
        assertThat(intra.classes()).extracting(Row::name).containsExactlyElementsOf(NAMES);
        assertThat(intra.classes()).extracting(Row::realCount).containsOnly(75L);
        assertThat(intra.classes()).extracting(Row::fakeCount).containsOnly(50L);
        assertThat(intra.worstFirst()).isSortedAccordingTo((a, b) -> Double.compare(b.distance(), a.distance()));
    }

    @Test
    void ofOneClassIsTheDistance() {
        Features real = NUMPY.features("real"), fake = NUMPY.features("fake");
        double distance = FrechetDistance.between(GaussianStatistics.of(real), GaussianStatistics.of(fake));

        assertThat(ClassFrechetDistance.of(real, new int[300], fake, new int[200], List.of("all"))
                        .mean())
                .isEqualTo(distance);
    }

    @Test
    void refusesClassesWithoutStatistics() {
        Features three = Features.of(new float[3], 3, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ClassFrechetDistance.of(three, new int[3], three, new int[] {0, 1, 1}, NAMES.subList(0, 2)))
                .withMessage("class \"bee\" must have at least 2 real images, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFrechetDistance.of(three, new int[2], three, new int[3], NAMES))
                .withMessage("real labels must be as many as images, 3, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFrechetDistance.of(three, new int[] {0, 4, 0}, three, new int[3], NAMES))
                .withMessage("real labels must be in 0..3, got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFrechetDistance.between(List.of(), List.of(), List.of()))
                .withMessage(
                        "each of 1 or more classes must have real and fake statistics, got 0 names, 0 real and 0 fake");
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> i % 4).toArray();
    }
}
