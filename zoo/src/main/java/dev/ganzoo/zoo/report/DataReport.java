package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a dataset looks like: its classes with examples, mean and variance images, its channels, its near-duplicates, and
 * how far its splits are from each other.
 *
 * <pre>{@code
 * DataReport.of(train, test).similarity(0.95).save(Path.of("report.html"));
 * }</pre>
 *
 * <p>Immutable: every option gives a new report; {@link #html} and {@link #save} do the work, on all cores.
 */
public final class DataReport {
    /** The least correlation of near-duplicates, if not said. */
    public static final double DEFAULT_SIMILARITY = 0.9;

    /** Of fewer images no score means anything. */
    private static final int FEWEST_SCORED = 100;

    private static final int SUBSETS = 100;
    private static final int SUBSET_SIZE = 1_000;

    private final List<Dataset> splits;
    private final double similarity;
    private final UnaryOperator<EvaluationRequest> scores;
    private final ReportListener listener;

    private DataReport(
            List<Dataset> splits, double similarity, UnaryOperator<EvaluationRequest> scores, ReportListener listener) {
        this.splits = splits;
        this.similarity = similarity;
        this.scores = scores;
        this.listener = listener;
    }

    /**
     * A report on one split of a dataset, or on two: then examples and averages are of the first.
     *
     * @throws IllegalArgumentException if there are not one or two, or their images or classes differ in shape or name
     */
    public static DataReport of(Dataset... splits) {
        if (splits.length < 1 || splits.length > 2) {
            throw new IllegalArgumentException("splits must be one or two, got " + splits.length);
        }
        Dataset first = splits[0];
        Dataset last = splits[splits.length - 1];
        if (!first.classNames().equals(last.classNames())) {
            throw new IllegalArgumentException("splits must have the same classes, got %s and %s"
                    .formatted(first.classNames(), last.classNames()));
        }
        return new DataReport(new Pool(List.of(splits)).parts(), DEFAULT_SIMILARITY, null, ReportListener.NONE);
    }

    /**
     * The least correlation of near-duplicates; see {@link NearDuplicates}.
     *
     * @throws IllegalArgumentException if it is not in [0.5, 1)
     */
    public DataReport similarity(double least) {
        return new DataReport(splits, NearDuplicates.checkSimilarity(least), scores, listener);
    }

    /**
     * Adds what the second split scores against the first: FID, KID, IS, precision, recall, density and coverage. This
     * takes much longer than all the rest, minutes for CIFAR-10.
     *
     * @param options makes of the evaluation what is wanted: {@code request -> request.extractor("inception-v3")}
     * @throws IllegalArgumentException if there is only one split
     */
    public DataReport scores(UnaryOperator<EvaluationRequest> options) {
        if (splits.size() < 2) {
            throw new IllegalArgumentException("scores compare two splits, got one: %s".formatted(splits.get(0)));
        }
        return new DataReport(splits, similarity, Objects.requireNonNull(options, "options"), listener);
    }

    /** Tell {@code newListener} how it goes. */
    public DataReport listener(ReportListener newListener) {
        return new DataReport(splits, similarity, scores, Objects.requireNonNull(newListener, "listener"));
    }

    /** The page: one HTML file that needs nothing else, in light and dark. */
    public String html() {
        List<List<ClassStatistics>> classes = new ArrayList<>();
        List<List<ChannelStatistics>> channels = new ArrayList<>();
        for (Dataset split : splits) {
            classes.add(ClassStatistics.of(split, listener));
            channels.add(ChannelStatistics.of(split));
        }
        NearDuplicates duplicates = NearDuplicates.search(splits, similarity, listener);
        var page = new ReportPage(splits);
        var overview = new OverviewSections(page);
        overview.summary();
        overview.classes(classes);
        new ExamplesSection(page).examples(classes.get(0));
        overview.channels(channels);
        new DuplicatesSection(page).duplicates(duplicates);
        if (scores != null) {
            writeScores(new ScoresSection(page));
        }
        return page.html();
    }

    private void writeScores(ScoresSection section) {
        Dataset first = splits.get(0);
        Dataset second = splits.get(1);
        int fewest = Math.min(first.size(), second.size());
        if (fewest < FEWEST_SCORED) {
            section.without("Not measured: it needs at least %d images in each split, found %d."
                    .formatted(FEWEST_SCORED, fewest));
            return;
        }
        EvaluationRequest request = EvaluationRequest.of(ImageSource.of(second))
                .against(ImageSource.of(first))
                .subsets(SUBSETS, Math.min(SUBSET_SIZE, fewest))
                .listener(listener::progress);
        section.scores(scores.apply(request).run());
    }

    /** Writes the page to a file, whole or not at all, replacing what was there. */
    public void save(Path file) throws IOException {
        AtomicFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
    }
}
