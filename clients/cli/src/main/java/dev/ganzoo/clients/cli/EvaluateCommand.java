package dev.ganzoo.clients.cli;

import dev.ganzoo.export.CheckpointChoice;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.evaluate.ClassReport;
import dev.ganzoo.zoo.evaluate.EvaluationListener;
import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.evaluate.TruncationCurve;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo evaluate}: how good images are. */
@Command(
        name = "evaluate",
        description = {
            "Measure how good images are: of a model, a run, a dataset or a folder, against real ones.",
            "Every number comes with its protocol; numbers of different protocols are not to be compared."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "WHAT",
            description = "A model by name or path, a run directory, a dataset (cifar10:test), or a folder of images.")
    private String what;

    @Option(
            names = "--against",
            paramLabel = "REAL",
            description =
                    "A dataset with or without its split, a folder of images, or statistics in a .npz file. Otherwise"
                            + " what the model learned.")
    private String against;

    @Option(
            names = "--metrics",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "fid,kid,is,prdc",
            description = {
                "Of fid, kid, is, prdc, msssim, swd, intra-fid (${DEFAULT-VALUE}); and cas, which trains two classifiers,",
                "one on samples that tells real test images, and one on real images that tells samples."
            })
    private List<String> metrics;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "How many images to judge: 50000 of a model otherwise, or all there are.")
    private Integer samples;

    @Option(names = "--real-samples", paramLabel = "N", description = "Only the first real images; all otherwise.")
    private Integer realSamples;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often, with a seed each; mean and deviation are over these (${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "The first seed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--truncation",
            paramLabel = "PSI",
            split = ",",
            description = "As in ganzoo sample; several give a curve, see --plot. The model's default otherwise.")
    private List<String> truncations = List.of();

    @Option(names = "--class", paramLabel = "CLASS", description = "Only this class, on both sides.")
    private String className;

    @Option(names = "--per-class", description = "Measure FID (and with prdc precision and recall) of each class.")
    private boolean perClass;

    @Mixin
    private ExtractorOptions extractor;

    @Option(names = "--splits", paramLabel = "N", defaultValue = "10", description = "Parts of is (${DEFAULT-VALUE}).")
    private int splits;

    @Option(names = "--subsets", paramLabel = "N", defaultValue = "100", description = "Of kid (${DEFAULT-VALUE}).")
    private int subsets;

    @Option(
            names = "--subset-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Images in a subset of kid (${DEFAULT-VALUE}).")
    private int subsetSize;

    @Option(names = "--neighbours", paramLabel = "K", defaultValue = "5", description = "Of prdc (${DEFAULT-VALUE}).")
    private int neighbours;

    @Option(
            names = "--neighbour-images",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many images of either side prdc looks at (${DEFAULT-VALUE}).")
    private int neighbourImages;

    @Option(
            names = "--checkpoint",
            paramLabel = "last|best|STEP",
            description = "Which checkpoint of a run; the last otherwise.")
    private String checkpoint;

    @Option(
            names = "--ema",
            negatable = true,
            description = "The moving average of a run, or the trained weights. Default: the average, if there is one.")
    private Boolean ema;

    @Option(names = "--json", paramLabel = "PATH", description = "Where to write the numbers as JSON.")
    private Path json;

    @Option(names = "--plot", paramLabel = "PATH", description = "Where to draw the curve of truncations, .png.")
    private Path plot;

    @Option(names = "--write-card", description = "Write the numbers into the model's card.")
    private boolean writeCard;

    @Option(
            names = "--save-statistics",
            paramLabel = "PATH",
            description = "Where to write mean and covariance of the real images' features, .npz.")
    private Path statistics;

    @Option(names = "--again", description = "Measure again what was measured before by the same protocol.")
    private boolean again;

    @Option(names = "--data-folder", paramLabel = "DIR", description = "Where the files of a dataset are.")
    private Path dataFolder;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or cuda:0.")
    private String device;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many images at a time (${DEFAULT-VALUE}).")
    private int batch;

    @Mixin
    private ClassificationScores classification;

    @Mixin
    private ModelSource source;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        checkCombination();
        ModelLoader loader = source.loader().on(Device.parse(device)).batch(Math.min(batch, 64));
        PrintWriter messages = spec.commandLine().getErr();
        try (DownloadProgress downloads = DownloadProgress.on(messages);
                PhaseProgress progress = PhaseProgress.on(messages)) {
            LoadOptions loading = LoadOptions.defaults().listener(downloads);
            loading = dataFolder == null ? loading : loading.folder(dataFolder);
            CheckpointChoice choice = checkpoint == null ? null : CheckpointChoice.parse(checkpoint);
            var chosen = new EvaluationSubject.Checkpoint(choice, ema);
            try (EvaluationSubject subject = EvaluationSubject.open(main.ganzoo(), what, loader, chosen, loading)) {
                measure(subject, loading, progress);
            }
        }
        return 0;
    }

    private EvaluationRequest configured(EvaluationSubject subject, LoadOptions loading) throws IOException {
        String[] others =
                metrics.stream().filter(name -> !isClassification(name)).toArray(String[]::new);
        EvaluationRequest begun = subject.request();
        EvaluationRequest request = (others.length == 0 ? begun : begun.metrics(others))
                .repeats(repeats)
                .seed(seed)
                .extractor(extractor.extractor(source.catalog()))
                .on(Device.parse(device))
                .batch(batch)
                .splits(splits)
                .subsets(subsets, subsetSize)
                .neighbours(neighbours, neighbourImages);
        String real = against == null ? learnedOfOwn(subject) : against;
        if (real != null) {
            request = real.endsWith(".npz")
                    ? request.against(Path.of(real))
                    : request.against(
                            ImageSource.named(real, loading, main.ganzoo().datasets()));
        }
        request = samples == null ? request : request.samples(samples);
        request = realSamples == null ? request : request.realImages(realSamples);
        request = className == null ? request : request.ofClass(className);
        request = truncations.size() == 1 ? request.truncated(Truncation.parse(truncations.get(0))) : request;
        request = statistics == null ? request : request.saveStatistics(statistics);
        return again ? request.anew() : request;
    }

    /** What the model learned, if that is a dataset that only this program knows; else null. */
    private String learnedOfOwn(EvaluationSubject subject) {
        String learned = subject.learned();
        return learned != null && main.ganzoo().owns(learned) ? learned : null;
    }

    private static boolean isClassification(String metric) {
        return metric.strip().equalsIgnoreCase(ClassificationScores.NAME);
    }

    private EvaluationReport report(
            EvaluationSubject subject, EvaluationRequest request, LoadOptions loading, EvaluationListener listener)
            throws IOException {
        if (metrics.stream().noneMatch(EvaluateCommand::isClassification)) {
            return request.run();
        }
        String real = against == null ? subject.learned() : against;
        if (real == null) {
            throw new IllegalArgumentException("cas needs --against, the dataset of the real images");
        }
        DatasetLoader held = main.ganzoo().dataset(real);
        if (!held.has(Split.TEST)) {
            throw new IllegalArgumentException(
                    "cas needs real images to hold out, but %s has no test split".formatted(real));
        }
        Truncation truncation = truncations.isEmpty() ? null : Truncation.parse(truncations.get(0));
        EvaluationReport scores = classification.measure(
                subject.images(seed, truncation), held, samples, seed, Device.parse(device), loading, listener);
        return metrics.stream().allMatch(EvaluateCommand::isClassification)
                ? scores
                : ClassificationScores.together(request.run(), scores);
    }

    private void measure(EvaluationSubject subject, LoadOptions loading, PhaseProgress progress) throws IOException {
        EvaluationRequest request = configured(subject, loading).listener(progress);
        if (writeCard && !subject.isModel()) {
            throw new IllegalArgumentException(
                    "--write-card needs a model, which has a card; a run gets one by ganzoo export");
        }
        if (perClass) {
            ClassReport report = request.perClass();
            print(report.table());
            write(json, report.json());
        } else if (truncations.size() > 1) {
            TruncationCurve curve =
                    request.curve(truncations.stream().map(Truncation::parse).toArray(Truncation[]::new));
            print(curve.table());
            write(json, curve.json());
            if (plot != null) {
                AtomicFiles.write(plot, Png.encode(curve.plot()));
                print(plot + "\n");
            }
        } else {
            EvaluationReport report = report(subject, request, loading, progress);
            print(report.table());
            write(json, report.json());
            if (writeCard) {
                source.catalog().find(what).withQuality(report.scores());
                print("written into the card of %s%n".formatted(what));
            }
        }
    }

    private void checkCombination() {
        if (perClass && (truncations.size() > 1 || writeCard || className != null || repeats > 1)) {
            throw new IllegalArgumentException(
                    "--per-class takes one truncation, and no --class, --repeats or --write-card");
        }
        boolean one = !perClass && truncations.size() < 2 && className == null && repeats == 1;
        if (!one && metrics.stream().anyMatch(EvaluateCommand::isClassification)) {
            throw new IllegalArgumentException("cas takes one truncation, and no --per-class, --class or --repeats");
        }
        if (truncations.size() > 1 && writeCard) {
            throw new IllegalArgumentException("--write-card takes one truncation, got " + truncations);
        }
        if (plot != null && truncations.size() < 2) {
            throw new IllegalArgumentException("--plot draws a curve: give several truncations");
        }
    }

    private void write(Path to, String text) throws IOException {
        if (to != null) {
            AtomicFiles.write(to, text.getBytes(StandardCharsets.UTF_8));
            print(to + "\n");
        }
    }

    private void print(String text) {
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(text);
        printer.flush();
    }
}
