package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.FeatureNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which network judges images, by which of its values, and how images are prepared for it: Inception, a classifier of the
 * zoo, or any ONNX file. Numbers by different extractors are not to be compared, so every protocol names the extractor
 * with its SHA-256.
 *
 * <p>Immutable: every option gives a new extractor; nothing is read before an evaluation runs.
 */
public final class Extractor {
    /** The zoo's own classifier of CIFAR-10, which needs nothing but the zoo. */
    public static final String BUNDLED = "cifar10-classifier";
    /** Inception of 2015, from a file that the user has. */
    public static final String INCEPTION = "inception-v3";

    private final String name;
    private final Path file;
    private final String layer;
    private final String logits;
    private final Resizing resizing;
    private final Scaling scaling;
    private final int size;
    private final ModelCatalog catalog;

    private Extractor(
            String name,
            Path file,
            String layer,
            String logits,
            Resizing resizing,
            Scaling scaling,
            int size,
            ModelCatalog catalog) {
        this.name = name;
        this.file = file;
        this.layer = layer;
        this.logits = logits;
        this.resizing = resizing;
        this.scaling = scaling;
        this.size = size;
        this.catalog = catalog;
    }

    /**
     * The zoo's own classifier of CIFAR-10 {@value #BUNDLED}: its penultimate features and its logits. A FID by it is not
     * Inception's, and says so.
     */
    public static Extractor bundled() {
        return named(BUNDLED);
    }

    /**
     * An extractor by name: {@value #INCEPTION}, a classifier of the zoo by its name or path, or the path of an ONNX file,
     * which must end with {@code .onnx}.
     */
    public static Extractor named(String nameOrPath) {
        if (nameOrPath.equals(INCEPTION)) {
            return new Extractor(
                    INCEPTION,
                    null,
                    null,
                    null,
                    Resizing.TF1_BILINEAR,
                    Scaling.INCEPTION,
                    299,
                    ModelCatalog.standard());
        }
        return nameOrPath.endsWith(".onnx")
                ? onnx(Path.of(nameOrPath))
                : new Extractor(
                        nameOrPath, null, null, null, Resizing.BICUBIC, Scaling.UNIT, 0, ModelCatalog.standard());
    }

    /** Any ONNX file with one float32 input (N, C, H, W) or (N, H, W, C), which by default takes pixels in [0, 1]. */
    public static Extractor onnx(Path file) {
        return new Extractor(
                file.getFileName().toString(),
                file,
                null,
                null,
                Resizing.BICUBIC,
                Scaling.UNIT,
                0,
                ModelCatalog.standard());
    }

    /** Inception from this file, in place of the usual places. */
    public static Extractor inception(Path file) {
        return new Extractor(
                INCEPTION, file, null, null, Resizing.TF1_BILINEAR, Scaling.INCEPTION, 299, ModelCatalog.standard());
    }

    /**
     * The value whose numbers are the features, by the name of an output, of any inner value, or of a node. By default the
     * output {@code features}, or without such what the last linear layer looks at.
     */
    public Extractor layer(String value) {
        return new Extractor(name, file, value, logits, resizing, scaling, size, catalog);
    }

    /** The value that holds the logits, where it is neither the output {@code logits} nor the only one. */
    public Extractor logits(String value) {
        return new Extractor(name, file, layer, value, resizing, scaling, size, catalog);
    }

    /** How images are resized. */
    public Extractor resizing(Resizing other) {
        return new Extractor(name, file, layer, logits, other, scaling, size, catalog);
    }

    /** The units of the network's input. */
    public Extractor scaling(Scaling other) {
        return new Extractor(name, file, layer, logits, resizing, other, size, catalog);
    }

    /**
     * The height and width of images, for a network that takes any.
     *
     * @throws InvalidRequestException if it is not in 1..4096
     */
    public Extractor size(int pixels) {
        InvalidRequestException.check(pixels >= 1 && pixels <= 4096, "size", "size must be in 1..4096", pixels);
        return new Extractor(name, file, layer, logits, resizing, scaling, pixels, catalog);
    }

    /** Looks for a classifier in {@code models} in place of {@code ~/.ganzoo/models}. */
    public Extractor in(Path models) {
        return new Extractor(name, file, layer, logits, resizing, scaling, size, ModelCatalog.in(models));
    }

    /** Loads the network; the caller closes it. */
    OpenExtractor open(Device device) throws IOException {
        FeatureNetwork.Choice choice = new FeatureNetwork.Choice(layer, logits);
        if (name.equals(INCEPTION)) {
            Path found = file == null ? ExtractorFiles.inception() : file;
            return opened(INCEPTION, List.of(), FeatureNetwork.open(found, choice, device));
        }
        if (file != null) {
            return opened(name, List.of(), FeatureNetwork.open(file, choice, device));
        }
        ModelPackage model = catalog.find(name);
        String title = model.card().name() + " features, not Inception";
        return opened(title, model.card().labels(), FeatureNetwork.open(model, choice, device));
    }

    private OpenExtractor opened(String title, List<String> classNames, FeatureNetwork network) {
        try {
            return new OpenExtractor(
                    title,
                    classNames,
                    network,
                    resizing,
                    scaling,
                    extent("height", network.height()),
                    extent("width", network.width()));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private int extent(String what, int fixed) {
        if (fixed > 0 && size > 0 && fixed != size) {
            throw new InvalidRequestException(
                    "size", "extractor %s takes images of %s %d, got size %d".formatted(name, what, fixed, size));
        }
        if (fixed < 1 && size < 1) {
            throw new InvalidRequestException(
                    "size", "extractor %s takes images of any size; say which".formatted(name));
        }
        return fixed > 0 ? fixed : size;
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
