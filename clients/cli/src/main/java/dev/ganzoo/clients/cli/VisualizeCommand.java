package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.visualize.Layer;
import dev.ganzoo.zoo.visualize.LayerTargets;
import dev.ganzoo.zoo.visualize.Visualization;
import dev.ganzoo.zoo.visualize.VisualizationRequest;
import dev.ganzoo.zoo.visualize.Visualizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganzoo visualize}: images that parts of a classifier respond to most. */
@Command(
        name = "visualize",
        description = "Show what a classifier has learned: images that its classes or features respond to most.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VisualizeCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Parameters(paramLabel = "MODEL", description = "The classifier, by name (see ganzoo models) or path.")
    private String model;

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description = "Names or indices of classes, or all; all unless --layer is given.")
    private List<String> classes = List.of();

    @Option(names = "--layers", description = "List the layers, then end.")
    private boolean listLayers;

    @Option(names = "--layer", paramLabel = "NAME", description = "Show features of this layer; see --layers.")
    private String layer;

    @Option(
            names = "--channels",
            paramLabel = "RANGE",
            split = ",",
            description = "Channels of --layer, as in 0-15,32, or all; the first 64 otherwise.")
    private List<String> channels = List.of();

    @Option(names = "--neuron", paramLabel = "C,Y,X", split = ",", description = "One value of --layer.")
    private int[] neuron;

    @Option(
            names = "--direction",
            paramLabel = "W",
            split = ",",
            description = "A weighted sum of the channels of --layer: a weight for each.")
    private float[] direction;

    @Option(
            names = "--dream",
            paramLabel = "IMAGE",
            description = "Change this image so that whatever --layer sees in it grows.")
    private Path dream;

    @Mixin
    private SearchOptions search;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "Where to: .png (a grid), .gif (progress), .npy (floats), or a folder (a PNG each). Otherwise"
                    + " MODEL-visualized.png.")
    private Path target;

    @Option(names = "--gif", paramLabel = "PATH", description = "Save the progress of the search as a GIF, too.")
    private Path gif;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or cuda:0.")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the CPU; all cores otherwise.")
    private Integer threads;

    @Mixin
    private ModelSource source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        checkCombination();
        ModelLoader loader = source.loader().on(Device.parse(device));
        loader = threads == null ? loader : loader.threads(threads);
        try (Classifier classifier = loader.classifier(model)) {
            if (listLayers) {
                list(classifier.layers());
            } else {
                visualize(classifier);
            }
        }
        return ExitCode.OK;
    }

    private void list(List<Layer> layers) {
        PrintWriter out = spec.commandLine().getOut();
        layers.forEach(each -> out.printf("%-24s %s%n", each.name(), shape(each)));
        out.flush();
    }

    private static String shape(Layer layer) {
        return String.join(
                " × ", Arrays.stream(layer.shape()).mapToObj(Integer::toString).toList());
    }

    private void visualize(Classifier classifier) throws IOException {
        VisualizationRequest request =
                search.apply(request(classifier), classifier.network().shape());
        Path to = target != null ? target : Path.of(classifier.name() + "-visualized.png");
        PrintWriter err = spec.commandLine().getErr();
        Visualization found;
        try (SearchProgress progress = SearchProgress.on(err);
                Interruption interruption = Interruption.asks(progress::stop)) {
            found = request.listener(progress).run();
            found.save(to);
            if (gif != null) {
                found.save(gif);
            }
        }
        tell(found, to);
    }

    private VisualizationRequest request(Classifier classifier) throws IOException {
        Visualizer visualizer = classifier.visualize();
        if (layer == null) {
            boolean all = classes.isEmpty() || classes.equals(List.of(ALL));
            return all ? visualizer.classes() : visualizer.classes(classes.toArray(String[]::new));
        }
        LayerTargets targets = visualizer.layer(layer);
        if (neuron != null) {
            return targets.neuron(neuron[0], neuron[1], neuron[2]);
        }
        if (direction != null) {
            return targets.direction(direction);
        }
        if (dream != null) {
            return targets.dream(SearchOptions.read(dream, classifier.network().shape()));
        }
        return targets.channels(channels(targets.layer()));
    }

    private int[] channels(Layer of) {
        if (channels.equals(List.of(ALL))) {
            return IntStream.range(0, of.channels()).toArray();
        }
        if (channels.isEmpty()) {
            return IntStream.range(0, Math.min(64, of.channels())).toArray();
        }
        List<Integer> wanted = new ArrayList<>();
        for (String range : channels) {
            if (!range.matches("\\d{1,6}(-\\d{1,6})?")) {
                throw new IllegalArgumentException(
                        "--channels must be numbers and ranges such as 0-15,32, or all, got \"%s\"".formatted(range));
            }
            String[] ends = range.split("-");
            int first = Integer.parseInt(ends[0]), last = Integer.parseInt(ends[ends.length - 1]);
            if (last < first) {
                throw new IllegalArgumentException(
                        "a range of --channels must not end before it begins, got \"%s\"".formatted(range));
            }
            // One beyond the last is enough for the layer to say what it has.
            IntStream.rangeClosed(first, Math.min(last, Math.max(first, of.channels())))
                    .forEach(wanted::add);
        }
        return wanted.stream().mapToInt(Integer::intValue).toArray();
    }

    private void tell(Visualization found, Path to) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %d images after %d steps%n", to, found.count(), found.steps());
        if (gif != null) {
            out.printf("%s: %d frames%n", gif, found.frames());
        }
        for (int n : found.withoutGradient()) {
            out.printf(
                    "%s never had a gradient: its image is where the search began%n",
                    found.titles().get(n));
        }
        out.flush();
    }

    private void checkCombination() {
        if (layer != null && !classes.isEmpty()) {
            throw new IllegalArgumentException("--classes and --layer exclude each other; give one of them");
        }
        long ways = Stream.of(channels.isEmpty() ? null : channels, neuron, direction, dream)
                .filter(Objects::nonNull)
                .count();
        if (ways > 1) {
            throw new IllegalArgumentException(
                    "--channels, --neuron, --direction and --dream exclude each other; give one of them");
        }
        if (ways > 0 && layer == null) {
            throw new IllegalArgumentException("--channels, --neuron, --direction and --dream need --layer");
        }
        if (neuron != null && neuron.length != 3) {
            throw new IllegalArgumentException(
                    "--neuron must be a channel, a row and a column, as in 5,0,0, got %d numbers"
                            .formatted(neuron.length));
        }
    }
}
