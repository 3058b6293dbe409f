package dev.ganzoo.clients.cli;

import dev.ganzoo.training.Cadence;
import dev.ganzoo.training.TrainingRun;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.run.ProgressDisplay;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code train} and {@code resume} have in common. */
final class TrainingOptions {
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MOST_HOURS = 100_000;

    @Option(
            names = "--data-folder",
            paramLabel = "DIR",
            description = "Where the files of a published dataset are; otherwise the usual places, or downloaded.")
    private Path dataFolder;

    @Option(names = "--steps", paramLabel = "N", description = "Generator steps in all, of a GAN.")
    private Integer steps;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs in all, of a recipe that counts in epochs.")
    private Integer epochs;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Any hyperparameter; see ganzoo recipes NAME.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--stop-after",
            paramLabel = "K",
            description = "End after step K as Ctrl-C would, with a checkpoint to resume from.")
    private Long stopAfter;

    @Option(
            names = "--hours",
            paramLabel = "H",
            description = "End after so many hours as Ctrl-C would, with a checkpoint to resume from.")
    private Double hours;

    @Option(names = "--log-every", paramLabel = "K", description = "Steps between metrics (${DEFAULT-VALUE}).")
    private int logEvery = Cadence.DEFAULT.log();

    @Option(names = "--sample-every", paramLabel = "K", description = "Steps between sample grids (${DEFAULT-VALUE}).")
    private int sampleEvery = Cadence.DEFAULT.samples();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "K",
            description = "Steps between checkpoints (${DEFAULT-VALUE}).")
    private int checkpointEvery = Cadence.DEFAULT.checkpoint();

    @Mixin
    private MeasurementOptions measurement;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "How many checkpoints to keep beside the best (${DEFAULT-VALUE}).")
    private int keep = Cadence.DEFAULT.keep();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of libtorch; by default one a core.")
    private Integer threads;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or cuda:0 (${DEFAULT-VALUE}).")
    private String device = "auto";

    /** The hyperparameters asked for, as text by name. */
    Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (steps != null) {
            all.put("steps", steps.toString());
        }
        if (epochs != null) {
            all.put("epochs", epochs.toString());
        }
        return all;
    }

    /** The training images, at {@code size} or their own. */
    Dataset load(GanZoo ganzoo, String name, OptionalInt size, Integer limit, PrintWriter messages) throws IOException {
        try (DownloadProgress progress = DownloadProgress.on(messages)) {
            LoadOptions options = loading(size).listener(progress);
            return ganzoo.dataset(name).load(Split.TRAIN, limit == null ? options : options.limit(limit));
        }
    }

    private LoadOptions loading(OptionalInt size) {
        LoadOptions options = LoadOptions.defaults();
        if (size.isPresent()) {
            options = options.size(size.getAsInt());
        }
        return dataFolder == null ? options : options.folder(dataFolder);
    }

    /**
     * Checks all options, before anything is read or written, and sets the number of threads, which libtorch reads once.
     */
    void prepare() {
        device();
        cadence(0);
        measurement.check();
        if (stopAfter != null && stopAfter < 1) {
            throw new IllegalArgumentException("stop-after must be ≥ 1, got " + stopAfter);
        }
        if (hours != null && !(hours > 0 && hours <= MOST_HOURS)) {
            throw new IllegalArgumentException("hours must be in (0, %.0f], got %s".formatted(MOST_HOURS, hours));
        }
        if (threads != null) {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be ≥ 1, got " + threads);
            }
            System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
        }
    }

    /** Where to train. */
    Device device() {
        return Device.parse(device);
    }

    private Cadence cadence(int epochs) {
        return new Cadence(logEvery, sampleEvery, checkpointEvery, keep, epochs);
    }

    /** Has the run measured on the test images of its data, where there are any and it can be. */
    private void evaluate(GanZoo ganzoo, TrainingRun run, int epochs, String data, PrintWriter messages)
            throws IOException {
        if (epochs == 0 || !run.plan().measuredOnTest()) {
            return;
        }
        if (ganzoo.dataset(data).has(Split.TEST)) {
            try (DownloadProgress progress = DownloadProgress.on(messages)) {
                DataSpec like = run.plan().data();
                LoadOptions options = loading(OptionalInt.of(like.size())).channels(like.channels());
                run.evaluateOn(ganzoo.dataset(data).load(Split.TEST, options.listener(progress)));
            }
        } else {
            messages.printf("%s has no test images: nothing is measured on held-out data%n", data);
            messages.flush();
        }
    }

    /** Trains with progress on standard error; Ctrl-C saves a checkpoint before the process ends. */
    void train(GanZoo ganzoo, TrainingRun run, String data, Path folder, PrintWriter messages) throws IOException {
        int epochs = measurement.epochs(run.plan().networks().hasClassifier());
        evaluate(ganzoo, run, epochs, data, messages);
        measurement.measure(run);
        run.cadence(cadence(epochs));
        run.listener(ProgressDisplay.on(System.err, Terminal.isInteractive()));
        if (stopAfter != null) {
            run.stopAfter(stopAfter);
        }
        if (hours != null) {
            run.timeBudget(Duration.ofMillis((long) Math.ceil(hours * MILLIS_PER_HOUR)));
        }
        try (Interruption interruption = Interruption.asks(run::requestStop)) {
            StopReason reason = run.train();
            if (reason == StopReason.NO_BETTER) {
                messages.printf("what was best: ganzoo export %s --checkpoint best --out MODEL%n", folder);
            }
            if (reason != StopReason.FINISHED) {
                messages.printf("go on with: ganzoo resume %s%n", folder);
                messages.flush();
            }
        }
    }
}
