package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.report.DataReport;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code ganzoo data report}. */
final class ReportOptions {
    @Option(names = "--split", paramLabel = "train|test", description = "Only this split. Default: all that there are.")
    private Split split;

    @Option(names = "--out", paramLabel = "FILE", description = "The page to write (${DEFAULT-VALUE}).")
    private Path out = Path.of("report.html");

    @Option(
            names = "--similarity",
            paramLabel = "X",
            description = "The least correlation of near-duplicates, in [0.5, 1) (${DEFAULT-VALUE}).")
    private double similarity = DataReport.DEFAULT_SIMILARITY;

    @Option(names = "--image-size", paramLabel = "PIXELS", description = "Resize images to this height and width.")
    private Integer size;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N images of each split.")
    private Integer limit;

    @Option(
            names = "--data-folder",
            paramLabel = "DIR",
            description = "Where the files of a published dataset are; otherwise the usual places, or downloaded.")
    private Path dataFolder;

    @Option(
            names = "--no-scores",
            description = "Leave out what test scores against train, which takes longer than all the rest.")
    private boolean withoutScores;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or cuda:0.")
    private String device;

    @Mixin
    private ExtractorOptions extractor;

    /** Writes the report on a dataset that {@code ganzoo} knows; tells of progress and result on {@code messages}. */
    void write(GanZoo ganzoo, String name, PrintWriter messages) throws IOException {
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException("out must be a file, got the folder " + out);
        }
        DatasetLoader loader = ganzoo.dataset(name);
        List<Split> wanted = split != null
                ? List.of(split)
                : List.of(Split.values()).stream().filter(loader::has).toList();
        List<Dataset> splits = new ArrayList<>();
        try (DownloadProgress progress = DownloadProgress.on(messages)) {
            for (Split each : wanted) {
                splits.add(loader.load(each, loading().listener(progress)));
            }
        }
        try (PhaseProgress progress = PhaseProgress.on(messages)) {
            DataReport report = DataReport.of(splits.toArray(Dataset[]::new))
                    .similarity(similarity)
                    .listener(progress);
            if (splits.size() > 1 && !withoutScores) {
                report = report.scores(request -> request.extractor(extractor.extractor(ModelCatalog.standard()))
                        .on(Device.parse(device)));
            }
            report.save(out);
        }
        messages.printf("wrote %s (%,d bytes)%n", out, Files.size(out));
        messages.flush();
    }

    private LoadOptions loading() {
        LoadOptions options = LoadOptions.defaults();
        options = size == null ? options : options.size(size);
        options = limit == null ? options : options.limit(limit);
        return dataFolder == null ? options : options.folder(dataFolder);
    }
}
