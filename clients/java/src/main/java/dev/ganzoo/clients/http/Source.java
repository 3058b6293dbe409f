package dev.ganzoo.clients.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The image that is attacked or dreamt of: one of one's own, one of the server's samples, or one that a generator makes. Immutable. */
public final class Source {
    private final String field;
    private final Object value;

    private Source(String field, Object value) {
        this.field = field;
        this.value = value;
    }

    /** The bytes of a PNG, JPEG, BMP or GIF file; the server takes its middle at the model's size. */
    public static Source image(byte[] file) {
        return new Source("image", Base64.getEncoder().encodeToString(file));
    }

    /** @throws UncheckedIOException if the file cannot be read. @see #image(byte[]) */
    public static Source image(Path file) {
        try {
            return image(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read image \"%s\": %s".formatted(file, e), e);
        }
    }

    /** One of the server's samples by name, such as {@code ship-1}; see {@link GanZooClient#sampleNames}. */
    public static Source sample(String name) {
        return new Source("sample", name);
    }

    /** What a generator makes, under seed 0 and of a random class until told otherwise. */
    public static Source generated(String model) {
        return new Source("generate", Map.of("model", model, "seed", 0));
    }

    /** Of one class, by name (in any case) or index as text; only for a {@link #generated} image. */
    public Source ofClass(String nameOrIndex) {
        return generating("class", nameOrIndex);
    }

    /** Under this seed; only for a {@link #generated} image. */
    public Source seed(long seed) {
        return generating("seed", seed);
    }

    /** With this truncation; only for a {@link #generated} image. */
    public Source truncated(Truncation truncation) {
        return generating("truncation", truncation.text());
    }

    String field() {
        return field;
    }

    Object value() {
        return value;
    }

    private Source generating(String option, Object given) {
        if (!(value instanceof Map<?, ?> before)) {
            throw new IllegalStateException("%s is an option of a generated image only".formatted(option));
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        before.forEach((name, each) -> changed.put((String) name, each));
        changed.put(option, given);
        return new Source(field, Collections.unmodifiableMap(changed));
    }
}
