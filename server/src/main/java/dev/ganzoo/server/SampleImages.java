package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.text.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures to try attacks on, which are bundled with the server. A network made them, and the text in each file says which,
 * from what seed and of what class; there is no photograph among them.
 */
final class SampleImages {
    private static final String INDEX = "index.txt";
    private static final Map<String, byte[]> ALL = readAll();

    private SampleImages() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The bytes of a PNG file.
     *
     * @throws Problem if there is none of that name
     */
    static byte[] png(String name) {
        byte[] png = ALL.get(name);
        if (png == null) {
            throw new Problem(Type.UNKNOWN_SAMPLE, "sample", Suggestions.unknown("sample", name, ALL.keySet()));
        }
        return png;
    }

    /** What the file says of itself, and where it is. */
    static ObjectNode describe(String name) {
        ObjectNode sample = Json.object();
        sample.put("name", name);
        try {
            Map<String, String> text = Png.text(png(name));
            for (String key : List.of("class", "model", "truncation")) {
                sample.put(key, text.get(key));
            }
            for (String key : List.of("seed", "index")) {
                sample.put(key, Long.parseLong(text.get(key)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sample %s does not read".formatted(name), e);
        }
        return sample.put("href", "/v1/samples/%s.png".formatted(name));
    }

    private static Map<String, byte[]> readAll() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String name : new String(read(INDEX), StandardCharsets.UTF_8).split("\\R")) {
            all.put(name, read(name + ".png"));
        }
        return Collections.unmodifiableMap(all);
    }

    private static byte[] read(String file) {
        try (InputStream in = SampleImages.class.getResourceAsStream("samples/" + file)) {
            if (in == null) {
                throw new IllegalStateException("resource samples/%s is missing".formatted(file));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource samples/" + file, e);
        }
    }
}
