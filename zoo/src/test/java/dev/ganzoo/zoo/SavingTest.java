package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.runtime.Device;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class SavingTest {
    @TempDir
    Path folder;

    private Generator tiny;

    @BeforeEach
    void load() throws Exception {
        tiny = Zoo.on(Device.cpu()).generator(TinyModels.write(folder.resolve("tiny.zip")));
    }

    @AfterEach
    void close() {
        tiny.close();
    }

    @Test
    void pngIsAGridThatTellsItsOrigin() throws Exception {
        SampleRequest request = tiny.sample(6).ofClass("ship").seed(42).truncation(0.8);
        Path path = folder.resolve("new/ships.PNG");

        request.save(path);

        BufferedImage grid = ImageIO.read(path.toFile());
        assertThat(grid.getWidth()).isEqualTo(3 * 6 + 2);
        assertThat(grid.getHeight()).isEqualTo(2 * 6 + 2);
        BufferedImage fifth = request.images().get(4);
        assertThat(grid.getRGB(8 + 3, 8 + 2)).isEqualTo(fifth.getRGB(3, 2));
        assertThat(Png.text(Files.readAllBytes(path)))
                .containsEntry("Software", "GanZoo")
                .containsEntry("model", "tiny")
                .containsEntry("version", "1.0.0")
                .containsEntry("seed", "42")
                .containsEntry("count", "6")
                .containsEntry("class", "ship")
                .containsEntry("truncation", "scaled:0.8");
    }

    @Test
    void oneImageIsSavedWithoutAFrame() throws Exception {
        tiny.sample(1).scale(3).save(folder.resolve("one.png"));

        BufferedImage image = ImageIO.read(folder.resolve("one.png").toFile());
        assertThat(image.getWidth()).isEqualTo(12);
        assertThat(image.getRGB(0, 0)).isEqualTo(image.getRGB(2, 2));
    }

    @Test
    void eachClassIsAColumn() {
        BufferedImage grid = tiny.sample(2).eachClass().grid().image();

        assertThat(grid.getWidth()).isEqualTo(3 * 6 + 2);
        assertThat(grid.getHeight()).isEqualTo(2 * 6 + 2);
    }

    @Test
    void aGridCanBeArrangedAndSaved() throws Exception {
        tiny.sample(4).grid().columns(4).padding(0).save(folder.resolve("row.png"));

        assertThat(ImageIO.read(folder.resolve("row.png").toFile()).getWidth()).isEqualTo(16);
        assertThatThrownBy(() -> tiny.sample(1).grid().save(Path.of("row.gif")))
                .hasMessage("cannot save a grid to \"row.gif\": its name must end with .png");
    }

    @Test
    void aFolderGetsEveryImage() throws Exception {
        tiny.sample(3).ofClasses("cat", "ship").seed(1).firstIndex(5).save(folder.resolve("each"));

        try (Stream<Path> files = Files.list(folder.resolve("each"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("000005-ship.png", "000006-cat.png", "000007-ship.png");
        }
        assertThat(Png.text(Files.readAllBytes(folder.resolve("each/000006-cat.png"))))
                .containsEntry("index", "6")
                .containsEntry("class", "cat");
    }

    @Test
    void gifHasAFrameForEachImage() throws Exception {
        tiny.interpolate(5).seeds(1, 2).scale(4).save(folder.resolve("path.gif"));

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = new FileImageInputStream(folder.resolve("path.gif").toFile())) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(5);
            assertThat(reader.getWidth(0)).isEqualTo(16);
        }
    }

    @Test
    void npyHasTheValues() throws Exception {
        SampleRequest request = tiny.sample(37).seed(4);

        request.save(folder.resolve("all.npy"));

        byte[] npy = Files.readAllBytes(folder.resolve("all.npy"));
        float[] values = new float[37 * 48];
        ByteBuffer.wrap(npy, 128, npy.length - 128)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(request.floats());
        assertThat(new String(npy, 0, 128, StandardCharsets.ISO_8859_1)).contains("'shape': (37, 3, 4, 4)");
    }

    @Test
    void bytesAndImagesAreTheTensorRounded() {
        SampleRequest request = tiny.sample(2).seed(4);

        assertThat(request.bytes()).isEqualTo(Pixels.bytes(request.tensor()));
        List<BufferedImage> images = request.images();
        assertThat(images.get(1).getRGB(0, 0) >> 16 & 0xFF)
                .isEqualTo(Pixels.fromFloat(request.tensor().data()[48]));
    }

    @Test
    void otherNamesAreRefusedBeforeAnythingIsComputed() {
        tiny.close();
        assertThatThrownBy(() -> tiny.sample(1).save(Path.of("ships.jpg")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot save images to \"ships.jpg\": its name must end with .png, .gif or .npy, or be a"
                        + " folder's");
    }

    @Test
    void nothingIsLeftWhenSavingFails() throws Exception {
        Files.writeString(folder.resolve("file"), "x");
        Path within = folder.resolve("file/x.png");
        assertThatThrownBy(() -> tiny.sample(1).save(within)).isInstanceOf(UncheckedIOException.class);
        Generator closed = tiny;
        closed.close();
        assertThatThrownBy(() -> closed.sample(1).save(folder.resolve("x.npy")))
                .isInstanceOf(IllegalStateException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("file", "tiny.zip");
        }
    }
}
