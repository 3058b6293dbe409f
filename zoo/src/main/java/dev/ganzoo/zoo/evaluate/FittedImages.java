package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The middle of each image, resampled to one shape. */
record FittedImages(ImageSource images, ImageShape to) implements DerivedImages {
    @Override
    public List<Picture> pictures(int from, int count) throws IOException {
        return images.pictures(from, count).stream()
                .map(picture -> picture.fitted(to))
                .toList();
    }

    @Override
    public String fingerprint() throws IOException {
        return Sha256.of((images.fingerprint() + " fitted " + to).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(images.facts());
        facts.put("prepared", "the middle of each image, bicubic with antialias, to " + to);
        return facts;
    }

    @Override
    public Optional<ImageShape> shape() {
        return Optional.of(to);
    }
}
