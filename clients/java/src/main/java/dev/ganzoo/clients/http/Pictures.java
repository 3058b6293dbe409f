package dev.ganzoo.clients.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Pictures from bytes, and bytes to files. */
final class Pictures {
    private Pictures() {}

    static BufferedImage decode(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            if (image == null) {
                throw new IOException("the server's answer is not a picture");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes aside and renames, so that the file is never seen half-written. */
    static void write(Path path, byte[] content) {
        Path target = path.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            Path aside = Files.createTempFile(target.getParent(), ".", ".part");
            try {
                Files.write(aside, content);
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save to \"%s\": %s".formatted(path, e), e);
        }
    }
}
