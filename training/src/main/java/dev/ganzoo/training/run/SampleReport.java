package dev.ganzoo.training.run;

import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What the generator made of the fixed latents.
 *
 * @param step how many steps were done
 * @param images (N, C, H, W) in [-1, 1]
 * @param columns how many images a row of the grid has
 * @param rowNames the class of each row, or none if rows are of no class
 */
public record SampleReport(long step, Tensor images, int columns, List<String> rowNames) {
    /** Copies the names. */
    public SampleReport {
        rowNames = List.copyOf(rowNames);
    }

    /** Samples of no class. */
    public SampleReport(long step, Tensor images, int columns) {
        this(step, images, columns, List.of());
    }

    /** All images, row by row. */
    public BufferedImage grid() {
        return ImageGrid.of(images).columns(columns).rowNames(rowNames).image();
    }
}
