package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class SampleGridsTest {
    @TempDir
    Path run;

    @Test
    void savesAGridEachTimeAndAnAnimationInTheEnd() throws IOException {
        SampleGrids grids = start(0);
        grids.samples(samples(100));
        grids.samples(samples(200));
        assertThat(run.resolve("progress.gif")).doesNotExist();
        grids.stopped(200, StopReason.FINISHED);

        assertThat(run.resolve("samples").toFile().list())
                .containsExactlyInAnyOrder("step-00000100.png", "step-00000200.png");
        var grid = ImageIO.read(run.resolve("samples/step-00000100.png").toFile());
        assertThat(grid.getWidth()).isGreaterThan(grid.getHeight());
        assertThat(frames()).isEqualTo(2);
    }

    @Test
    void animatesAtEveryTenthGrid() throws IOException {
        SampleGrids grids = start(0);
        for (int i = 1; i <= 11; i++) {
            grids.samples(samples(i));
        }
        assertThat(frames()).isEqualTo(10);
        grids.stopped(11, StopReason.INTERRUPTED);
        assertThat(frames()).isEqualTo(11);
    }

    @Test
    void forgetsGridsBeyondTheStepItGoesOnFrom() throws IOException {
        SampleGrids grids = start(0);
        for (int step = 100; step <= 300; step += 100) {
            grids.samples(samples(step));
        }
        Path other = Files.writeString(run.resolve("samples/step-00000300.txt"), "notes");
        start(200);
        assertThat(run.resolve("samples").toFile().list())
                .containsExactlyInAnyOrder("step-00000100.png", "step-00000200.png", "step-00000300.txt");
        assertThat(other).exists();
    }

    @Test
    void namesClassesBeforeTheirRowsAndAnimatesGridsOfTheNewestSize() throws IOException {
        SampleGrids grids = start(0);
        grids.samples(samples(100));
        Tensor images = samples(200).images();
        grids.samples(new SampleReport(200, images, 3, List.of("cat", "dog")));
        grids.samples(new SampleReport(300, images, 3, List.of("cat", "dog")));
        grids.stopped(300, StopReason.FINISHED);

        assertThat(width("samples/step-00000200.png")).isGreaterThan(width("samples/step-00000100.png") + 10);
        assertThat(width("progress.gif")).isEqualTo(width("samples/step-00000300.png"));
        assertThat(frames()).isEqualTo(2);
    }

    private int width(String file) throws IOException {
        return ImageIO.read(run.resolve(file).toFile()).getWidth();
    }

    @Test
    void namesAGridThatCannotBeDecoded() throws IOException {
        SampleGrids grids = start(0);
        grids.samples(samples(100));
        Path grid = Files.writeString(run.resolve("samples/step-00000100.png"), "no png");
        assertThatThrownBy(() -> grids.stopped(100, StopReason.FINISHED))
                .isInstanceOf(IOException.class)
                .hasMessage(grid + " must be a PNG, but it cannot be decoded");
    }

    @Test
    void thinsToAnEvenSpreadWithBothEnds() {
        var items = IntStream.range(0, 1000).boxed().toList();
        assertThat(SampleGrids.thinned(items, 100))
                .hasSize(100)
                .startsWith(0, 10)
                .endsWith(999)
                .doesNotHaveDuplicates();
        assertThat(SampleGrids.thinned(items.subList(0, 101), 100)).hasSize(100).endsWith(100);
        assertThat(SampleGrids.thinned(items.subList(0, 3), 100)).containsExactly(0, 1, 2);
    }

    private SampleGrids start(long step) throws IOException {
        SampleGrids grids = SampleGrids.of(run);
        grids.started(new RunStart("sngan-proj", step, 1000));
        return grids;
    }

    private static SampleReport samples(int step) {
        float[] pixels = new float[6 * 3 * 4 * 4];
        Arrays.fill(pixels, (step % 20 - 10) / 10f);
        return new SampleReport(step, Tensor.of(pixels, 6, 3, 4, 4), 3);
    }

    private int frames() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = ImageIO.createImageInputStream(run.resolve("progress.gif").toFile())) {
            reader.setInput(in);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }
}
