package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.evaluate.Extractor;
import dev.ganzoo.zoo.evaluate.Resizing;
import dev.ganzoo.zoo.evaluate.Scaling;
import dev.ganzoo.zoo.model.ModelCatalog;
import picocli.CommandLine.Option;

/** Which network judges images, and how they are prepared for it. */
final class ExtractorOptions {
    @Option(
            names = "--extractor",
            paramLabel = "NAME|FILE",
            defaultValue = Extractor.BUNDLED,
            description =
                    "The network that judges images: a classifier by name or path, any .onnx file, or inception-v3 from a"
                            + " file of yours (${DEFAULT-VALUE}).")
    private String extractor;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description =
                    "The value of the extractor that gives the features: an output, an inner value or a node. Otherwise"
                            + " the output features, or what the last linear layer looks at.")
    private String layer;

    @Option(
            names = "--logits",
            paramLabel = "NAME",
            description = "The value that gives the logits; otherwise the output logits, or the only one.")
    private String logits;

    @Option(
            names = "--resize",
            paramLabel = "WAY",
            description = "How images get the extractor's size: bicubic, or tf1-bilinear as for inception-v3.")
    private String resize;

    @Option(
            names = "--scaling",
            paramLabel = "UNITS",
            description = "What pixels the extractor takes: unit ([0, 1]), symmetric, bytes, inception or imagenet.")
    private String scaling;

    @Option(names = "--size", paramLabel = "N", description = "The size of images for an extractor that takes any.")
    private Integer size;

    Extractor extractor(ModelCatalog models) {
        Extractor chosen = Extractor.named(extractor).in(models.folder());
        chosen = layer == null ? chosen : chosen.layer(layer);
        chosen = logits == null ? chosen : chosen.logits(logits);
        chosen = resize == null ? chosen : chosen.resizing(Resizing.parse(resize));
        chosen = scaling == null ? chosen : chosen.scaling(Scaling.parse(scaling));
        return size == null ? chosen : chosen.size(size);
    }
}
