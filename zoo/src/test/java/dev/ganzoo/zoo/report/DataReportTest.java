package dev.ganzoo.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.HandmadeDatasets;
import dev.ganzoo.zoo.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class DataReportTest {
    private static final List<String> CLASSES = List.of("cat & <dog>", "none", "ship");

    private static Dataset dataset(Split split, int first, int count) {
        int[] labels = new int[count];
        byte[][] images = new byte[count][];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3 == 0 ? 2 : 0;
            images[i] = SmoothNoise.image(first + i, 3, 16);
        }
        return HandmadeDatasets.of("waves", split, CLASSES, 3, 16, labels, images);
    }

    @Test
    void isOnePageThatNeedsNothingElse(@TempDir Path folder) throws IOException {
        Set<String> phases = new ConcurrentSkipListSet<>();
        Path page = folder.resolve("new/report.html");
        DataReport.of(dataset(Split.TRAIN, 0, 40), dataset(Split.TEST, 20, 30))
                .listener((phase, done, total) -> phases.add(phase))
                .save(page);

        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("40 of train and 30 of test images of 16 × 16 pixels in 3 classes")
                .contains("cat &amp; &lt;dog&gt;")
                .contains("<th>train and test</th><td>20</td><td>20</td>")
                .contains("20 of train (50.00 %), 20 of test (66.67 %)")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("cat & <dog>", "&amp;amp;")
                .doesNotContainPattern("(src|href)=\"(?!data:)")
                .doesNotContain("url(")
                .doesNotContain("@import");
        assertThat(html.split("<img ", -1)).hasSizeGreaterThan(2 * 3 + 2 * 20);
        assertThat(phases)
                .containsExactlyInAnyOrder("averaging images of train", "averaging images of test", "comparing images");
    }

    @Test
    void describesOneSplitOfGreyImages() {
        byte[] dark = new byte[16];
        byte[] light = new byte[16];
        Arrays.fill(light, (byte) 255);
        Dataset grey = HandmadeDatasets.of("grey", Split.TEST, List.of("only"), 1, 4, new int[] {0, 0}, dark, light);

        assertThat(DataReport.of(grey).html())
                .contains("2 of test images of 4 × 4 pixels, grey, in 1 classes")
                .contains("<tr><th>grey</th>", "<td>0.50000</td><td>0.50000</td>")
                .contains("white is 0.250");
    }

    @Test
    void averagesEachClassPixelByPixel() {
        Dataset data = HandmadeDatasets.of(
                "grey",
                Split.TRAIN,
                List.of("a", "b", "empty"),
                1,
                1,
                new int[] {0, 1, 0},
                new byte[] {(byte) 255},
                new byte[] {51},
                new byte[] {0});

        List<ClassStatistics> classes = ClassStatistics.of(data);

        assertThat(classes).extracting(ClassStatistics::count).containsExactly(2, 1, 0);
        assertThat(classes.get(0).mean().data()[0]).isEqualTo(0.5f);
        assertThat(classes.get(0).variance().data()[0]).isEqualTo(0.25f);
        assertThat(classes.get(1).mean().data()[0]).isEqualTo(0.2f);
        assertThat(classes.get(1).variance().data()[0]).isZero();
        ChannelStatistics channel = ChannelStatistics.of(data).get(0);
        assertThat(channel.mean()).isEqualTo(0.4, within(1e-15));
        assertThat(channel.standardDeviation()).isEqualTo(Math.sqrt(0.56 / 3), within(1e-15));
        assertThat(channel.histogram().get(51)).isEqualTo(1);
    }

    @Test
    void saysWhyThereAreNoScores() {
        Dataset train = dataset(Split.TRAIN, 0, 4);
        assertThat(DataReport.of(train, dataset(Split.TEST, 9, 3))
                        .scores(request -> request)
                        .html())
                .contains("Not measured: it needs at least 100 images in each split, found 3.");
        assertThatThrownBy(() -> DataReport.of(train).scores(request -> request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scores compare two splits, got one: " + train);
    }

    @Test
    void numbersAreForBrowsersWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(DataReport.of(dataset(Split.TRAIN, 0, 3)).html())
                    .contains("style=\"width:50.00%\"")
                    .doesNotContain("50,00");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesSplitsThatAreNotOfOneDataset() {
        Dataset train = dataset(Split.TRAIN, 0, 4);
        Dataset other =
                HandmadeDatasets.of("other", Split.TEST, CLASSES, 1, 16, new int[] {0}, SmoothNoise.image(0, 1, 16));
        assertThatThrownBy(() -> DataReport.of(train, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("splits must have images of one shape, got %s and %s", train, other);
        assertThatThrownBy(() -> DataReport.of(train).similarity(0.2))
                .hasMessage("similarity must be in [0.5, 1), got 0.2");
    }
}
