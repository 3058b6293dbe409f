package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a dataset looks like: its classes with examples, mean and variance images, its channels, its near-duplicates.
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

    private final List<Dataset> splits;
    private final double similarity;
    private final ReportListener listener;

    private DataReport(List<Dataset> splits, double similarity, ReportListener listener) {
        this.splits = splits;
        this.similarity = similarity;
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
        return new DataReport(new Pool(List.of(splits)).parts(), DEFAULT_SIMILARITY, ReportListener.NONE);
    }

    /**
     * The least correlation of near-duplicates; see {@link NearDuplicates}.
     *
     * @throws IllegalArgumentException if it is not in [0.5, 1)
     */
    public DataReport similarity(double least) {
        return new DataReport(splits, NearDuplicates.checkSimilarity(least), listener);
    }

    /** Tell {@code newListener} how it goes. */
    public DataReport listener(ReportListener newListener) {
        return new DataReport(splits, similarity, Objects.requireNonNull(newListener, "listener"));
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
        return new ReportPage(splits)
                .summary()
                .classes(classes)
                .examples(classes.get(0))
                .channels(channels)
                .duplicates(duplicates)
                .html();
    }

    /** Writes the page to a file, whole or not at all, replacing what was there. */
    public void save(Path file) throws IOException {
        AtomicFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
    }
}
