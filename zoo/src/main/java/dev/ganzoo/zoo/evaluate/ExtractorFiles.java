package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.files.CacheFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where networks lie that the zoo may not bring along. */
final class ExtractorFiles {
    /** The environment variable that names the file of Inception. */
    static final String VARIABLE = "GANZOO_INCEPTION";

    private ExtractorFiles() {}

    static Path inception() throws IOException {
        return inception(System::getProperty, System::getenv);
    }

    static Path inception(UnaryOperator<String> properties, UnaryOperator<String> environment) throws IOException {
        Path usual = Path.of(properties.apply("user.home"), ".ganzoo", "extractors", Extractor.INCEPTION + ".onnx");
        Optional<Path> named = CacheFolder.given(environment.apply(VARIABLE));
        Path file = named.orElse(usual);
        if (!Files.isRegularFile(file)) {
            List<String> places = named.isPresent()
                    ? List.of("%s, as %s says".formatted(file, VARIABLE))
                    : List.of(usual.toString(), "the file named by " + VARIABLE);
            throw new FileNotFoundException(
                    ("extractor inception-v3 is not on this machine: expected it at %s; docs/evaluate.md says how to"
                                    + " make it, and extractor %s needs no file")
                            .formatted(String.join(", or at ", places), Extractor.BUNDLED));
        }
        return file;
    }
}
