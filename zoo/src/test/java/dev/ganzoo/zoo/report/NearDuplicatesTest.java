package dev.ganzoo.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.HandmadeDatasets;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class NearDuplicatesTest {
    private static final int SIZE = 16;

    private static Dataset dataset(Split split, int channels, byte[]... images) {
        int[] labels = IntStream.range(0, images.length).map(i -> i % 2).toArray();
        return HandmadeDatasets.of("waves", split, List.of("a", "b"), channels, SIZE, labels, images);
    }

    private static byte[] image(int index) {
        return SmoothNoise.image(index, 3, SIZE);
    }

    /** Other brightness, contrast and tint, and some noise. */
    private static byte[] altered(byte[] image) {
        RandomGenerator random = Randomness.of(2).forPurpose("altered").at(0);
        var altered = new byte[image.length];
        for (int k = 0; k < image.length; k++) {
            int tint = 10 * (k / (SIZE * SIZE));
            double value = 20 + tint + 0.8 * (image[k] & 0xFF) + 3 * random.nextGaussian();
            altered[k] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return altered;
    }

    private static byte[] mirrored(byte[] image) {
        return Likeness.of(image, SIZE).mirrored().pixels();
    }

    @Test
    void findsAlteredAndMirroredCopiesWithinAndAcrossSplits() {
        Dataset train = dataset(Split.TRAIN, 3, image(0), image(1), image(2), altered(image(1)), image(2));
        Dataset test = dataset(Split.TEST, 3, image(7), image(8), mirrored(altered(image(0))));

        NearDuplicates found = NearDuplicates.search(List.of(train, test), 0.95, ReportListener.NONE);

        assertThat(found.groups()).hasSize(3);
        NearDuplicates.Group ofTrain = found.groups().get(0);
        assertThat(ofTrain.pairs()).isEqualTo(2);
        assertThat(ofTrain.identical()).isEqualTo(1);
        assertThat(ofTrain.mirrored()).isZero();
        assertThat(ofTrain.contradictory()).isZero();
        assertThat(ofTrain.imagesInFirst()).isEqualTo(4);
        assertThat(ofTrain.closest())
                .extracting(pair -> pair.first().index(), pair -> pair.second().index(), NearDuplicates.Pair::alike)
                .containsExactly(tuple(2, 4, 2), tuple(1, 3, 2));
        assertThat(ofTrain.closest().get(0).similarity()).isEqualTo(1, within(1e-12));

        assertThat(found.groups().get(1).pairs()).isZero();
        NearDuplicates.Group across = found.groups().get(2);
        assertThat(across.mirrored()).isEqualTo(1);
        assertThat(across.closest())
                .singleElement()
                .satisfies(pair -> assertThat(pair.first()).isEqualTo(new NearDuplicates.Image(Split.TRAIN, 0, 0)))
                .satisfies(pair -> assertThat(pair.second()).isEqualTo(new NearDuplicates.Image(Split.TEST, 2, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void findsExactlyThePairsThatComparingAllPixelsFinds(int channels) {
        double similarity = 0.55;
        byte[][] images = IntStream.range(0, 300)
                .mapToObj(i -> SmoothNoise.image(i, channels, SIZE))
                .toArray(byte[][]::new);
        long expected = 0;
        long expectedMirrored = 0;
        for (int i = 0; i < images.length; i++) {
            Likeness one = Likeness.of(images[i], SIZE);
            for (int j = i + 1; j < images.length; j++) {
                double plain = one.correlation(Likeness.of(images[j], SIZE));
                double mirrored = one.correlation(Likeness.of(mirrored(images[j]), SIZE));
                expected += Math.max(plain, mirrored) >= similarity ? 1 : 0;
                expectedMirrored += mirrored > plain && mirrored >= similarity ? 1 : 0;
            }
        }
        assertThat(expected).isGreaterThan(20);

        NearDuplicates.Group found = NearDuplicates.search(
                        List.of(dataset(Split.TRAIN, channels, images)), similarity, ReportListener.NONE)
                .groups()
                .get(0);

        assertThat(found.pairs()).isEqualTo(expected);
        assertThat(found.mirrored()).isEqualTo(expectedMirrored);
    }

    @Test
    void imagesWithoutContrastAreAlikeOnlyIfEqual() {
        byte[] black = new byte[3 * SIZE * SIZE];
        byte[] grey = black.clone();
        Arrays.fill(grey, (byte) 100);
        Dataset train = dataset(Split.TRAIN, 3, black, grey, black.clone(), image(0));

        NearDuplicates.Group found = NearDuplicates.search(List.of(train), 0.9, ReportListener.NONE)
                .groups()
                .get(0);

        assertThat(found.pairs()).isEqualTo(1);
        assertThat(found.identical()).isEqualTo(1);
    }

    @Test
    void refusesASimilarityThatMeansNothing() {
        List<Dataset> train = List.of(dataset(Split.TRAIN, 3, image(0)));
        assertThatThrownBy(() -> NearDuplicates.search(train, 1, ReportListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("similarity must be in [0.5, 1), got 1.0");
        assertThatThrownBy(() -> NearDuplicates.search(List.of(), 0.9, ReportListener.NONE))
                .hasMessage("splits must be one or two, got 0");
    }
}
