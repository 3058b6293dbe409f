package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Optimizer;
import dev.ganzoo.zoo.visualize.Space;
import dev.ganzoo.zoo.visualize.Spatial;
import dev.ganzoo.zoo.visualize.Start;
import dev.ganzoo.zoo.visualize.VisualizationRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Option;

/** How {@code visualize} searches; what is not given is the preset's. */
final class SearchOptions {
    /** As many images as the course's batch. */
    private static final int MEAN_OF = 128;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "course (the seed course's rule) or modern (Olah et al. 2017); modern otherwise.")
    private String preset;

    @Option(names = "--steps", paramLabel = "N", description = "How many steps.")
    private Integer steps;

    @Option(names = "--rate", paramLabel = "R", description = "How far a step goes.")
    private Double rate;

    @Option(
            names = "--decay",
            paramLabel = "D",
            description = "Draws pixels to grey at each step of --optimizer ascent.")
    private Double decay;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}.")
    private Optimizer optimizer;

    @Option(names = "--space", paramLabel = "NAME", description = "What is searched: ${COMPLETION-CANDIDATES}.")
    private Space space;

    @Option(
            names = "--spatial",
            paramLabel = "NAME",
            description = "What of a channel grows: ${COMPLETION-CANDIDATES}.")
    private Spatial spatial;

    @Option(names = "--jitter", paramLabel = "PIXELS", description = "Shift by up to so many pixels at each step.")
    private Integer jitter;

    @Option(names = "--scale", paramLabel = "S", description = "Enlarge by a factor in 1 ± S at each step.")
    private Double scale;

    @Option(names = "--rotation", paramLabel = "DEGREES", description = "Turn by up to so much at each step.")
    private Double rotation;

    @Option(names = "--total-variation", paramLabel = "W", description = "The weight of smoothness.")
    private Double totalVariation;

    @Option(names = "--l2", paramLabel = "W", description = "The weight of the squared distance from grey.")
    private Double l2;

    @Option(names = "--l3", paramLabel = "W", description = "The weight of its third power.")
    private Double l3;

    @Option(names = "--blur", paramLabel = "W", description = "How strongly images are drawn to their blurred selves.")
    private Double blur;

    @Option(
            names = "--start",
            paramLabel = "WHERE",
            description = "mean (the model's mean image, else grey), grey, noise, an image file, or a dataset"
                    + " for the mean of its first " + MEAN_OF + " images.")
    private String start;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "0", description = "0 otherwise.")
    private long seed;

    @Option(names = "--batch", paramLabel = "N", description = "How many images the network is given at once.")
    private Integer batch;

    @Option(names = "--frames", paramLabel = "N", description = "How many frames a GIF of progress has.")
    private Integer frames;

    VisualizationRequest apply(VisualizationRequest request, ImageShape shape) throws IOException {
        VisualizationRequest changed = set(request, preset, VisualizationRequest::preset);
        changed = set(changed, steps, VisualizationRequest::steps);
        changed = set(changed, rate, VisualizationRequest::rate);
        changed = set(changed, decay, VisualizationRequest::decay);
        changed = set(changed, optimizer, VisualizationRequest::optimizer);
        changed = set(changed, space, VisualizationRequest::space);
        changed = set(changed, spatial, VisualizationRequest::spatial);
        changed = set(changed, jitter, VisualizationRequest::jitter);
        changed = set(changed, scale, VisualizationRequest::scale);
        changed = set(changed, rotation, VisualizationRequest::rotation);
        changed = set(changed, totalVariation, VisualizationRequest::totalVariation);
        changed = set(changed, l2, VisualizationRequest::l2);
        changed = set(changed, l3, VisualizationRequest::l3);
        changed = set(changed, blur, VisualizationRequest::blur);
        changed = set(changed, batch, VisualizationRequest::batch);
        changed = set(changed, frames, VisualizationRequest::frames);
        changed = start == null ? changed : changed.start(start(shape));
        return changed.seed(seed);
    }

    /**
     * An image file as {@code (1, C, H, W)} in [0, 1] with the channels of {@code shape}, its size being whatever it is.
     *
     * @throws IOException if it is missing or no image
     */
    static Tensor read(Path file, ImageShape shape) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such image");
        }
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException("%s must be an image (PNG, JPEG, GIF or BMP), and is none".formatted(file));
        }
        return UnitImages.of(colours(image, shape.channels()));
    }

    private Start start(ImageShape shape) throws IOException {
        return switch (start) {
            case "mean" -> Start.mean();
            case "grey" -> Start.grey();
            case "noise" -> Start.noise();
            default ->
                Datasets.names().contains(start) ? meanOfDataset(shape) : Start.image(read(Path.of(start), shape));
        };
    }

    private Start meanOfDataset(ImageShape shape) throws IOException {
        LoadOptions options = LoadOptions.defaults().channels(shape.channels()).limit(MEAN_OF);
        Dataset dataset = Datasets.load(start, Split.TEST, options);
        return Start.meanOf(
                dataset.unitImages(IntStream.range(0, dataset.size()).toArray()));
    }

    /** The image in grey, or in red, green and blue, whatever its file has. */
    private static BufferedImage colours(BufferedImage image, int channels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        if (image.getType() == type) {
            return image;
        }
        BufferedImage drawn = new BufferedImage(image.getWidth(), image.getHeight(), type);
        drawn.getGraphics().drawImage(image, 0, 0, null);
        return drawn;
    }

    private static <T> VisualizationRequest set(
            VisualizationRequest request, T value, BiFunction<VisualizationRequest, T, VisualizationRequest> option) {
        return value == null ? request : option.apply(request, value);
    }
}
