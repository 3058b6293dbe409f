package dev.ganzoo.training.run;

import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * What the generator made of the fixed latents.
 *
 * @param step how many steps were done
 * @param images (N, C, H, W) in [-1, 1]
 * @param columns how many images a row of the grid has
 */
public record SampleReport(long step, Tensor images, int columns) {
    /** All images, row by row. */
    public BufferedImage grid() {
        return ImageGrid.of(images).columns(columns).image();
    }
}
