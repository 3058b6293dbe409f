package dev.ganzoo.zoo;

import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Packages of the tiny networks that {@code make_tiny.py} made: 8 latents, 3 classes, 4 × 4 pixels. */
public final class TinyModels {
    private TinyModels() {}

    /** The bytes of a tiny network. */
    public static byte[] network(String name) {
        try (InputStream in = TinyModels.class.getResourceAsStream("tiny/" + name + ".onnx")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A card for a conditional RGB generator with classes plane, ship and cat. */
    public static CardBuilder card(String name) {
        return ModelCard.generator(name)
                .title("A tiny generator")
                .dataset("none")
                .labels(List.of("plane", "ship", "cat"))
                .latent(8)
                .image(3, 4, 4)
                .truncation(Truncation.none(), Truncation.scaled(0.8))
                .provenance(new ModelCard.Provenance("tiny", Map.of("width", 4), 10, true, 0.5, "a machine", "no data"))
                .parity(1e-7, 1e-4, 4);
    }

    /** Writes the conditional generator to {@code target}, a folder or a zip. */
    public static Path write(Path target) throws IOException {
        return write(target, card("tiny").build(), "conditional");
    }

    /** Writes any card with any of the networks. */
    public static Path write(Path target, ModelCard card, String network) throws IOException {
        ModelPackage.write(target, card, Map.of(ModelPackage.GENERATOR, network(network)));
        return target;
    }

    /** Copies a classifier of 8 × 8 colour images into five classes, with gradients and layers, to {@code target}. */
    public static Path writeClassifier(Path target) throws IOException {
        try (InputStream in = TinyModels.class.getResourceAsStream("tiny/tiny-classifier.zip")) {
            Files.copy(in, target);
        }
        return target;
    }
}
