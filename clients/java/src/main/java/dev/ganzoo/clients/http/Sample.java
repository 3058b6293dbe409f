package dev.ganzoo.clients.http;

import java.awt.image.BufferedImage;

/**
 * One image that a model made.
 *
 * @param index which sample of its seed, or which frame
 * @param label the name of its class; null if it has none or is a mixture
 * @param png the bytes of a PNG file whose text names the model, seed, index, class and truncation; not copied
 */
public record Sample(long index, String label, byte[] png) {
    /** The image, as 8 bits a channel. */
    public BufferedImage image() {
        return Pictures.decode(png);
    }
}
