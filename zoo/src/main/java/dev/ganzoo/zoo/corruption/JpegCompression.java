package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Compresses by the JPEG encoder of the JDK and reads what it wrote. */
final class JpegCompression implements Corruption.Method {
    @Override
    public Picture apply(Picture image, double strength, long seed, long index) {
        try {
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(compressed(drawn(image), 1 - strength)));
            var pixels = new byte[image.pixels().length];
            int plane = image.height() * image.width();
            for (int k = 0; k < pixels.length; k++) {
                int x = k % image.width();
                int y = k % plane / image.width();
                pixels[k] = (byte) read.getRaster().getSample(x, y, k / plane);
            }
            return new Picture(image.channels(), image.height(), image.width(), pixels);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress an image in memory", e);
        }
    }

    private static BufferedImage drawn(Picture image) {
        int type = image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        var drawn = new BufferedImage(image.width(), image.height(), type);
        WritableRaster raster = drawn.getRaster();
        int plane = image.height() * image.width();
        for (int k = 0; k < image.pixels().length; k++) {
            raster.setSample(k % image.width(), k % plane / image.width(), k / plane, image.pixels()[k] & 0xFF);
        }
        return drawn;
    }

    private static byte[] compressed(BufferedImage image, double quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality((float) quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
