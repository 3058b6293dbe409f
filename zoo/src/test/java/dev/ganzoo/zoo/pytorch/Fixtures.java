package dev.ganzoo.zoo.pytorch;

import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tensors that were committed as resources of the tests. */
public final class Fixtures {
    private Fixtures() {}

    /** The file {@code name.safetensors} in the package of {@code owner}. */
    public static Safetensors read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name + ".safetensors")) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            Path copy = Files.createTempFile("fixture", ".safetensors");
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                return Safetensors.read(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
