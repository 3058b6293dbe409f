package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A picture that the server drew.
 *
 * @param png the bytes of a PNG file; not copied
 */
public record Picture(byte[] png) {
    /** From base64. */
    static Picture of(JsonNode base64) {
        try {
            byte[] png = base64.binaryValue();
            if (png == null) {
                throw new IOException("nothing");
            }
            return new Picture(png);
        } catch (IOException e) {
            throw new UncheckedIOException("the server's answer has no picture where one belongs", e);
        }
    }

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
