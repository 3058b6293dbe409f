package dev.ganzoo.clients.cli;

import dev.ganzoo.export.ClassifierImport;
import dev.ganzoo.export.Normalization;
import dev.ganzoo.export.onnx.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code ganzoo export --onnx} needs to know about a classifier that was trained elsewhere. */
final class ImportOptions {
    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            required = true,
            description = "Package this ONNX classifier (opset 9 to 21), not a run.")
    private Path onnx;

    @Option(
            names = "--labels",
            paramLabel = "FILE|A,B,…",
            description = "Names of the classes: a text file with one a line, or a list. Default: their numbers.")
    private String labels;

    @Option(
            names = "--mean",
            paramLabel = "M,…",
            split = ",",
            description =
                    "What the network's training subtracted from pixels in [0, 1]: one number, or one a channel. Default: 0.")
    private List<Double> mean = List.of(0.0);

    @Option(names = "--std", paramLabel = "S,…", split = ",", description = "What it then divided by. Default: 1.")
    private List<Double> std = List.of(1.0);

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "What pixels in [0, 1] are multiplied by before: 255 for a network that takes bytes.")
    private double scale = 1;

    @Option(
            names = "--input-shape",
            paramLabel = "C,H,W",
            split = ",",
            description = "Channels, height and width, where the file leaves them open.")
    private List<Integer> inputShape;

    @Option(
            names = "--layout",
            paramLabel = "auto|channels-first|channels-last",
            description = "How the file orders the axes of images. Default: auto.")
    private ReadOptions.Layout layout = ReadOptions.Layout.AUTO;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "The output with the logits, where the file has several, or any other value in it.")
    private String output;

    @Option(
            names = "--keep-softmax",
            description = "Keep a softmax at the end, which otherwise is left out: attacks need logits.")
    private boolean keepSoftmax;

    @Option(
            names = "--layers",
            paramLabel = "A,B,…",
            split = ",",
            description =
                    "Layers that can be visualised, by their names in the file. Default: all convolutions and fully"
                            + " connected layers.")
    private List<String> layers;

    @Option(names = "--dataset", paramLabel = "NAME", description = "What the network learned from, for the card.")
    private String dataset;

    ClassifierImport begin() throws IOException {
        ClassifierImport begun = ClassifierImport.of(onnx)
                .reading(reading())
                .labels(labels())
                .normalization(new Normalization(scale, mean, std));
        begun = layers == null ? begun : begun.layers(layers);
        return dataset == null ? begun : begun.card(card -> card.dataset(dataset));
    }

    private ReadOptions reading() {
        ReadOptions reading = ReadOptions.defaults().layout(layout);
        if (inputShape != null) {
            if (inputShape.size() != 3) {
                throw new IllegalArgumentException("--input-shape must be three numbers, C,H,W, got " + inputShape);
            }
            reading = reading.inputShape(inputShape.get(0), inputShape.get(1), inputShape.get(2));
        }
        reading = output == null ? reading : reading.output(output);
        return keepSoftmax ? reading.keepSoftmax() : reading;
    }

    private List<String> labels() throws IOException {
        if (labels == null) {
            return List.of();
        }
        Path file = Path.of(labels);
        if (Files.exists(file)) {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
        if (!labels.contains(",")) {
            throw new NoSuchFileException(labels);
        }
        return List.of(labels.split("\\s*,\\s*"));
    }
}
