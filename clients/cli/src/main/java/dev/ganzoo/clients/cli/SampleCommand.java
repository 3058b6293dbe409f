package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.ImageRequest;
import dev.ganzoo.zoo.InterpolationRequest;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.SampleRequest;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.runtime.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganzoo sample}: images of a generator into a file. */
@Command(
        name = "sample",
        description = "Make images with a generator.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SampleCommand implements Runnable {
    @Parameters(paramLabel = "MODEL", description = "The generator, by name (see ganzoo models) or path.")
    private String model;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "Where to: .png (a grid), .gif, .npy (floats), or a folder (a PNG each). Otherwise MODEL.png.")
    private Path target;

    @Option(names = "--count", paramLabel = "N", defaultValue = "16", description = "How many images; 16 otherwise.")
    private int count;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            split = ",",
            description = "Names or indices of classes, taken in turn; drawn at random otherwise.")
    private List<String> classes = List.of();

    @Option(names = "--each-class", description = "Make --count images of each class.")
    private boolean eachClass;

    @Option(
            names = "--mix",
            paramLabel = "CLASS=WEIGHT",
            split = ",",
            description = "Mix classes within every image, as in --mix cat=0.5,dog=0.5.")
    private Map<String, Double> mixture = Map.of();

    @Option(
            names = "--truncation",
            paramLabel = "PSI",
            description =
                    "In (0, 2]: latents truncated at ±2 and multiplied by it; or resampled:T, to draw those beyond ±T"
                            + " again; or none. The model's default otherwise.")
    private String truncation;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            split = ",",
            description = "The seed, or those to pass through with --interpolate. Random otherwise.")
    private List<Long> seeds = List.of();

    @Option(names = "--first", paramLabel = "I", defaultValue = "0", description = "Which sample of the seed is first.")
    private long first;

    @Option(
            names = "--interpolate",
            paramLabel = "FRAMES",
            description = "Make frames on the path through the seeds and classes.")
    private Integer frames;

    @Option(names = "--loop", description = "Let the path of --interpolate end where it began.")
    private boolean loop;

    @Option(names = "--scale", paramLabel = "K", defaultValue = "1", description = "Enlarge pixels K times.")
    private int scale;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or cuda:0.")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the CPU; all cores otherwise.")
    private Integer threads;

    @Mixin
    private ModelSource source;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        checkCombination();
        Truncation truncated = truncation == null ? null : Truncation.parse(truncation);
        ModelLoader loader = source.loader().on(Device.parse(device));
        loader = threads == null ? loader : loader.threads(threads);
        try (Generator generator = loader.generator(model)) {
            ImageRequest request = frames == null ? samples(generator, truncated) : path(generator, truncated);
            Path to = target != null ? target : Path.of(generator.name() + ".png");
            request.save(to);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s: %s%n", to, request);
            out.flush();
        }
    }

    private SampleRequest samples(Generator generator, Truncation truncated) {
        SampleRequest request = generator.sample(count).firstIndex(first).scale(scale);
        if (eachClass) {
            request = request.eachClass();
        } else if (!mixture.isEmpty()) {
            request = request.blend(mixture);
        } else if (!classes.isEmpty()) {
            request = request.ofClasses(classes.toArray(String[]::new));
        }
        request = truncated == null ? request : request.truncated(truncated);
        return seeds.isEmpty() ? request : request.seed(seeds.get(0));
    }

    private InterpolationRequest path(Generator generator, Truncation truncated) {
        InterpolationRequest request = generator.interpolate(frames).scale(scale);
        request = seeds.isEmpty()
                ? request
                : request.seeds(seeds.stream().mapToLong(Long::longValue).toArray());
        request = classes.isEmpty() ? request : request.ofClasses(classes.toArray(String[]::new));
        request = truncated == null ? request : request.truncated(truncated);
        return loop ? request.loop() : request;
    }

    private void checkCombination() {
        int ways = (eachClass ? 1 : 0) + (mixture.isEmpty() ? 0 : 1) + (classes.isEmpty() ? 0 : 1);
        if (ways > 1) {
            throw new IllegalArgumentException("--class, --each-class and --mix exclude each other; give one of them");
        }
        if (frames == null && seeds.size() > 1) {
            throw new IllegalArgumentException(
                    "--seed must be one seed, got %d; several need --interpolate".formatted(seeds.size()));
        }
        if (frames == null && loop) {
            throw new IllegalArgumentException("--loop needs --interpolate");
        }
        if (frames != null && (eachClass || !mixture.isEmpty() || first != 0)) {
            throw new IllegalArgumentException("--interpolate takes no --each-class, --mix or --first");
        }
    }
}
