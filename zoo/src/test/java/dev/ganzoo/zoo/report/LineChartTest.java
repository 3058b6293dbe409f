package dev.ganzoo.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.report.LineChart.Line;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LineChartTest {
    private static Line line(String name, int points) {
        List<Double> x = IntStream.range(0, points).mapToObj(i -> 10.0 * i).toList();
        List<Double> y = x.stream().map(each -> each / 100).toList();
        return new Line(name, x, y);
    }

    @Test
    void drawsAllPointsOfAShortCurve() {
        String figure = LineChart.figure("loss", List.of(line("a & b", 11), line("second", 3)));

        assertThat(figure)
                .contains("aria-label=\"loss\"", "a &amp; b <b>1.000</b>", "second <b>0.2000</b>")
                .contains("d=\"M52.0 178.0L")
                .contains("L470.0 10.0\"")
                .contains(">0.2</text>", ">0.8</text>", ">20</text>", ">100</text>")
                .doesNotContain("shade");
    }

    @Test
    void drawsMeanAndRangeOfALongCurve() {
        String figure = LineChart.figure("loss", List.of(line("long", 10_000)));

        assertThat(figure).contains("class=\"shade line0\"");
        assertThat(Pattern.compile("L").matcher(figure).results().count()).isLessThan(800);
    }

    @Test
    void leavesTheFirstValuesOfALongCurveOutOfTheScale() {
        List<Double> x = IntStream.range(0, 100).mapToObj(i -> (double) i).toList();
        List<Double> y = x.stream().map(each -> each < 5 ? 1e6 : each / 100).toList();

        assertThat(LineChart.figure("loss", List.of(new Line("late", x, y)))).doesNotContain("000,000");
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        Line broken = new Line("broken", List.of(1.0, 2.0, 3.0), List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY));

        assertThat(LineChart.figure("loss", List.of(broken)))
                .contains("<circle", "<b>1.000</b>")
                .doesNotContain("NaN", "Infinity");
        assertThat(LineChart.figure("loss", List.of(new Line("none", List.of(1.0), List.of(Double.NaN)))))
                .isEmpty();
    }
}
