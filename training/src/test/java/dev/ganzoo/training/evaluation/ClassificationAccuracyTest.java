package dev.ganzoo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetBuilder;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.evaluate.EvaluationListener;
import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("native")
@ExtendWith(NativeResources.class)
class ClassificationAccuracyTest {
    private static final int SIZE = 32;
    private static final int IMAGES = 64;
    private static final Map<String, String> TINY =
            Map.of("width", "4", "epochs", "8", "batch", "8", "learningRate", "1e-2", "cropArea", "1");

    private final Dataset train = lights("lights", Split.TRAIN, 1, false);
    private final Dataset test = lights("lights", Split.TEST, 2, false);

    /** Noisy dark and bright images, which everyone tells from each other; named the wrong way round if asked for. */
    private static Dataset lights(String name, Split split, long seed, boolean swapped) {
        DatasetBuilder images = Dataset.named(name).split(split).classes(List.of("dark", "bright"));
        for (int i = 0; i < IMAGES; i++) {
            RandomGenerator random = Randomness.of(seed).forPurpose("lights").at(i);
            boolean bright = i % 2 == 1;
            var pixels = new byte[3 * SIZE * SIZE];
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = (byte) ((bright ? 150 : 40) + random.nextInt(60));
            }
            images.add(bright == swapped ? "dark" : "bright", new Picture(3, SIZE, SIZE, pixels));
        }
        return images.build();
    }

    private EvaluationReport measure(Dataset generated, int count) throws IOException {
        return ClassificationAccuracy.small(3, Device.cpu())
                .with(TINY)
                .measure(ImageSource.of(generated), count, train, test, EvaluationListener.NONE);
    }

    @Test
    void imagesLikeTheRealOnesTeachAsMuch() throws IOException {
        EvaluationReport report = measure(lights("made", Split.TRAIN, 5, false), IMAGES);

        assertThat(report.value("cas")).isEqualTo(1);
        assertThat(report.value("cas-reverse")).isEqualTo(1);
        assertThat(report.value("cas-real")).isEqualTo(1);
    }

    @Test
    void imagesOfTheWrongClassesTeachWrongly() throws IOException {
        EvaluationReport report = measure(lights("made", Split.TRAIN, 5, true), IMAGES);

        assertThat(report.value("cas")).isZero();
        assertThat(report.value("cas-reverse")).isZero();
        assertThat(report.value("cas-real")).isEqualTo(1);
    }

    @Test
    void statesItsProtocolAndRepeatsItself() throws IOException {
        List<String> phases = new ArrayList<>();
        ClassificationAccuracy one = ClassificationAccuracy.small(3, Device.cpu())
                .with(TINY)
                .with(Map.of("epochs", "1", "warmupEpochs", "0"));
        ImageSource made = ImageSource.of(lights("made", Split.TRAIN, 5, false));
        EvaluationReport report = one.measure(made, 40, train, test, (what, done, total) -> {
            if (done == 0) {
                phases.add(what);
            }
        });

        assertThat(phases)
                .containsExactly(
                        "samples to learn from", "learning from generated images", "learning from real images");
        assertThat(report.score("cas").protocol())
                .containsEntry("classifier", "cifar10-classifier")
                .containsEntry("classifier seed", "3")
                .containsEntry("sample images", "40")
                .containsEntry("real images", "40")
                .containsEntry("held-out", "lights test")
                .containsEntry("trained on", "samples")
                .containsEntry("tested on", "held-out real images")
                .hasEntrySatisfying(
                        "settings",
                        settings -> assertThat(settings).contains("width 4", "epochs 1", "learningRate 0.01"));
        assertThat(one.measure(made, 40, train, test, EvaluationListener.NONE)).isEqualTo(report);
    }

    @Test
    void refusesOtherClassesAndTooManyImages() {
        Dataset other = Dataset.named("other")
                .add("day", new Picture(3, SIZE, SIZE, new byte[3 * SIZE * SIZE]))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(other, 1))
                .withMessageStartingWith(
                        "classes must be the same, got [day] of other train, [dark, bright] of lights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(lights("made", Split.TRAIN, 5, false), IMAGES + 1))
                .withMessage("samples of cas must be in 1..64, the images of either side, got 65");
    }
}
