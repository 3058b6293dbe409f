package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.latent.Interpolations;
import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.runtime.Device;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class InterpolationRequestTest {
    @TempDir
    static Path folder;

    private static Generator tiny;

    @BeforeAll
    static void load() throws Exception {
        tiny = Zoo.on(Device.cpu()).generator(TinyModels.write(folder.resolve("tiny.zip")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void beginsAndEndsAtTheSamplesOfItsSeeds() {
        List<Sample> frames = tiny.interpolate(9)
                .seeds(1, 2, 3)
                .ofClass("cat")
                .truncation(0.7)
                .samples();

        for (int i = 0; i < 3; i++) {
            Sample expected = tiny.sample(1)
                    .ofClass("cat")
                    .seed(i + 1)
                    .truncation(0.7)
                    .samples()
                    .get(0);
            assertThat(frames.get(4 * i).latent()).containsExactly(expected.latent(), within(1e-6f));
            assertThat(frames.get(4 * i).tensor().data())
                    .containsExactly(expected.tensor().data(), within(1e-5f));
        }
    }

    @Test
    void isSphericalBetween() {
        float[] a = Latents.of(1, 0, 8, Truncation.none()), b = Latents.of(2, 0, 8, Truncation.none());

        float[] middle = tiny.interpolate(5).seeds(1, 2).samples().get(1).latent();

        assertThat(middle).containsExactly(Interpolations.spherical(a, b, 0.25));
    }

    @Test
    void mixesClassesEvenlyWhileTheLatentStays() {
        List<Sample> frames = tiny.interpolate(5).ofClasses("plane", "cat").samples();

        assertThat(frames).extracting(Sample::label).containsExactly(0, -1, -1, -1, 2);
        assertThat(frames.get(1).classWeights()).containsExactly(0.75f, 0, 0.25f);
        assertThat(frames.get(2).classWeights()).containsExactly(0.5f, 0, 0.5f);
        assertThat(frames.get(4).latent()).containsExactly(frames.get(0).latent());
        assertThat(frames.get(2).tensor()).isNotEqualTo(frames.get(1).tensor());
    }

    @Test
    void aLoopDoesNotRepeatItsFirstFrame() {
        List<Sample> frames =
                tiny.interpolate(6).seeds(1, 2, 3).ofClass(1 + "").loop().samples();

        float[] third = Latents.of(3, 0, 8, Truncation.none()), first = Latents.of(1, 0, 8, Truncation.none());
        assertThat(frames.get(5).latent()).containsExactly(Interpolations.spherical(third, first, 0.5));
    }

    @Test
    void tellsTheSeedsThatItDrew() {
        InterpolationRequest request = tiny.interpolate(3);
        assertThat(request.seeds()).hasSize(2);
        long[] seeds = request.seeds().stream().mapToLong(Long::longValue).toArray();
        int label = request.samples().get(0).label();

        assertThat(tiny.interpolate(3).seeds(seeds).ofClass("" + label).floats())
                .containsExactly(request.floats());
    }

    @Test
    void refusesPathsThatAreNone() {
        assertThatThrownBy(() -> tiny.interpolate(3).seeds(new long[0]))
                .hasMessage("seeds must be at least one, got none");
        assertThatThrownBy(() -> tiny.interpolate(3).ofClasses()).hasMessage("classes must be at least one, got none");
        assertThatThrownBy(() -> tiny.interpolate(3).ofClass("dog")).hasMessageStartingWith("unknown class \"dog\"");
    }
}
