package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.random.Randomness;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** A folder of images to train on where nothing but speed matters. */
public final class NoiseImages {
    private static final int SIZE = 32;

    private NoiseImages() {}

    /** Writes PNGs of 32 × 32 coloured pixels, {@code perClass} of each of the classes {@code a} and {@code b}. */
    public static void write(Path folder, int perClass) throws IOException {
        for (String label : List.of("a", "b")) {
            Files.createDirectories(folder.resolve(label));
            for (int i = 0; i < perClass; i++) {
                RandomGenerator random = Randomness.of(1).forPurpose(label).at(i);
                BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
                    image.setRGB(pixel % SIZE, pixel / SIZE, random.nextInt(1 << 24));
                }
                ImageIO.write(
                        image, "png", folder.resolve(label).resolve(i + ".png").toFile());
            }
        }
    }
}
