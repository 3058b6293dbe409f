package dev.ganzoo.clients.http;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * A picture that the server drew.
 *
 * @param png the bytes of a PNG file; not copied
 */
public record Picture(byte[] png) {
    /** The picture, as 8 bits a channel. */
    public BufferedImage image() {
        return Pictures.decode(png);
    }

    /**
     * Saves the PNG file, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void save(Path path) {
        Pictures.write(path, png);
    }
}
