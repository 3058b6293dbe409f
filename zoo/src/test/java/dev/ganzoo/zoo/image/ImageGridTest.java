package dev.ganzoo.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ImageGridTest {
    /** Five grey images of 2 × 3 pixels; image i is all 40 · (i + 1). */
    private static Tensor five() {
        float[] data = new float[5 * 6];
        for (int i = 0; i < data.length; i++) {
            data[i] = Pixels.toFloat(40 * (i / 6 + 1));
        }
        return Tensor.of(data, 5, 1, 3, 2);
    }

    private static int at(BufferedImage image, int x, int y) {
        return image.getRaster().getSample(x, y, 0);
    }

    @Test
    void laysImagesOutRowByRow() {
        BufferedImage grid = ImageGrid.of(five()).image();

        assertThat(grid.getWidth()).isEqualTo(3 * (2 + 2) + 2);
        assertThat(grid.getHeight()).isEqualTo(2 * (3 + 2) + 2);
        assertThat(at(grid, 0, 0)).isZero();
        assertThat(at(grid, 2, 2)).isEqualTo(40);
        assertThat(at(grid, 4, 2)).isZero();
        assertThat(at(grid, 6, 2)).isEqualTo(80);
        assertThat(at(grid, 7, 9)).isEqualTo(200);
        assertThat(at(grid, 10, 7)).isZero();
    }

    @Test
    void enlargesPixels() {
        BufferedImage grid = ImageGrid.of(five()).columns(5).padding(0).scale(3).image();

        assertThat(grid.getWidth()).isEqualTo(30);
        assertThat(grid.getHeight()).isEqualTo(9);
        assertThat(at(grid, 5, 8)).isEqualTo(40);
        assertThat(at(grid, 6, 0)).isEqualTo(80);
    }

    @Test
    void moreColumnsThanImagesAreOneRow() {
        assertThat(ImageGrid.of(five()).columns(8).padding(0).image().getWidth())
                .isEqualTo(10);
    }

    @Test
    void keepsColours() {
        Tensor image = Tensor.of(new float[] {1, -1, Pixels.toFloat(100)}, 1, 3, 1, 1);

        BufferedImage grid = ImageGrid.of(image).padding(1).image();

        assertThat(grid.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFF0064);
    }

    @Test
    void namesRowsAtTheLeft() {
        Tensor tall = Tensor.zeros(4, 1, 32, 32);
        BufferedImage plain = ImageGrid.of(tall).columns(2).image();

        BufferedImage named = ImageGrid.of(tall)
                .columns(2)
                .rowNames(List.of("ship", "automobile"))
                .image();

        int margin = named.getWidth() - plain.getWidth();
        assertThat(margin).isGreaterThan(30);
        assertThat(named.getHeight()).isEqualTo(plain.getHeight());
        assertThat(brightest(named.getSubimage(0, 2, margin, 32))).isGreaterThan(200);
        assertThat(brightest(named.getSubimage(0, 36, margin, 32))).isGreaterThan(200);
        assertThat(brightest(named.getSubimage(0, 0, margin, 8))).isZero();
        assertThat(named.getSubimage(margin, 0, plain.getWidth(), plain.getHeight())
                        .getData()
                        .getSamples(0, 0, plain.getWidth(), plain.getHeight(), 0, (int[]) null))
                .isEqualTo(plain.getData().getSamples(0, 0, plain.getWidth(), plain.getHeight(), 0, (int[]) null));
    }

    private static int brightest(BufferedImage image) {
        int brightest = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            brightest = Math.max(brightest, at(image, i % image.getWidth(), i / image.getWidth()));
        }
        return brightest;
    }

    @Test
    void refusesNamesThatAreNotOneARow() {
        ImageGrid grid = ImageGrid.of(five()).columns(2).rowNames(List.of("one"));
        assertThatThrownBy(grid::image).hasMessage("row names must be none or 3, one a row, got 1");
    }

    @Test
    void refusesWhatMakesNoGrid() {
        assertThatThrownBy(() -> ImageGrid.of(List.of())).hasMessage("a grid needs at least one image, got none");
        assertThatThrownBy(() -> ImageGrid.of(five()).columns(0)).hasMessage("columns must be at least 1, got 0");
        assertThatThrownBy(() -> ImageGrid.of(List.of(Pixels.blank(1, 2, 2), Pixels.blank(3, 2, 2))))
                .hasMessage("images of a grid must be alike, got 2 × 2 in colour after 2 × 2 grey");
        assertThatThrownBy(() -> ImageGrid.of(five()).scale(10_000).image())
                .hasMessageStartingWith("a grid may have at most");
    }
}
