package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.evaluate.DerivedImages;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The images of a source, each made worse: to see whether a measure notices.
 *
 * <pre>{@code
 * EvaluationRequest.of(new CorruptedImages(images, Corruption.GAUSSIAN_BLUR, 1.5, 0)).against(others).run();
 * }</pre>
 *
 * @param images what to make worse
 * @param corruption in which way
 * @param strength how much; see there
 * @param seed of what is random
 */
public record CorruptedImages(ImageSource images, Corruption corruption, double strength, long seed)
        implements DerivedImages {
    /** @throws IllegalArgumentException if the strength is out of range */
    public CorruptedImages {
        Objects.requireNonNull(images, "images");
        corruption.checkStrength(strength);
    }

    @Override
    public List<Picture> pictures(int from, int count) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Picture picture : images.pictures(from, count)) {
            pictures.add(corruption.apply(picture, strength, seed, from + pictures.size()));
        }
        return pictures;
    }

    @Override
    public String fingerprint() throws IOException {
        return Sha256.of((images.fingerprint() + " " + facts().get("corruption")).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(images.facts());
        facts.put("corruption", "%s %s, seed %d".formatted(corruption, strength, seed));
        return facts;
    }
}
