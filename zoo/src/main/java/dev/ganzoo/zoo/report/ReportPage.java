package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as HTML, section by section. */
final class ReportPage {
    private static final int EXAMPLES = 10;
    private static final int SHOWN_PAIRS = 24;

    /** The side of pictures on the page in pixels, about. */
    private static final int SIDE = 64;

    private final List<Dataset> splits;
    private final Dataset first;
    private final StringBuilder body = new StringBuilder();

    ReportPage(List<Dataset> splits) {
        this.splits = splits;
        this.first = splits.get(0);
    }

    ReportPage summary() {
        String sizes = splits.stream()
                .map(split -> "%,d of %s".formatted(split.size(), split.split()))
                .collect(Collectors.joining(" and "));
        add(
                "<p>%s images of %d × %d pixels%s in %d classes.</p>",
                sizes,
                first.height(),
                first.width(),
                first.channels() == 1 ? ", grey," : "",
                first.classNames().size());
        add("<dl>");
        for (Dataset split : splits) {
            add("<dt>sha256 of %s</dt><dd><code>%s</code></dd>", split.split(), split.fingerprint());
        }
        add("</dl>");
        return this;
    }

    ReportPage classes(List<List<ClassStatistics>> classes) {
        begin("Images a class");
        legend();
        int most = classes.stream()
                .flatMap(List::stream)
                .mapToInt(ClassStatistics::count)
                .max()
                .orElse(0);
        add("<ul class=\"bars\">");
        for (int label = 0; label < first.classNames().size(); label++) {
            add("<li><span class=\"name\">%s</span><span class=\"pairs\">", name(label));
            for (int split = 0; split < splits.size(); split++) {
                int count = classes.get(split).get(label).count();
                add(
                        "<span class=\"track\"><span class=\"bar split%d\" style=\"width:%.2f%%\"></span></span>"
                                + "<span class=\"value\">%,d</span>",
                        split, most == 0 ? 0 : 100.0 * count / most, count);
            }
            add("</span></li>");
        }
        add("</ul></section>");
        return this;
    }

    private void legend() {
        if (splits.size() > 1) {
            add("<p class=\"legend\">");
            for (int split = 0; split < splits.size(); split++) {
                add(
                        "<span class=\"key split%d\"></span>%s",
                        split, splits.get(split).split());
            }
            add("</p>");
        }
    }

    ReportPage examples(List<ClassStatistics> classes) {
        begin("Ten images a class, their mean and their variance");
        float most = 0;
        for (ClassStatistics statistics : classes) {
            for (float variance : statistics.variance().data()) {
                most = Math.max(most, variance);
            }
        }
        add(
                "<p>Of %s: images at equal distances through the class; mean and variance are over all its images, pixel"
                        + " by pixel. A sharp mean tells of images that are alike. Variances are on one scale: white is"
                        + " %.3f, of pixels in [0, 1].</p>",
                first.split(), most);
        add("<div class=\"wide\"><table class=\"pictures\"><thead><tr><th>class</th><th>images</th><th>mean</th>"
                + "<th>variance</th></tr></thead><tbody>");
        for (ClassStatistics statistics : classes) {
            if (statistics.count() > 0) {
                example(statistics, most);
            }
        }
        add("</tbody></table></div></section>");
        return this;
    }

    private void example(ClassStatistics statistics, float most) {
        int[] chosen = spread(statistics);
        List<BufferedImage> images = Pixels.images(first.images(chosen));
        String name = first.classNames().get(statistics.label());
        Tensor variance = Tensor.zeros(statistics.variance().shape());
        for (int k = 0; k < variance.size() && most > 0; k++) {
            variance.data()[k] = statistics.variance().data()[k] / most;
        }
        add(
                "<tr><th>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>",
                name(statistics.label()),
                Html.image(
                        ImageGrid.of(images).columns(EXAMPLES).padding(0).image(),
                        scale(),
                        "%d images of %s".formatted(chosen.length, name)),
                Html.image(picture(statistics.mean()), scale(), "mean of " + name),
                Html.image(picture(variance), scale(), "variance of " + name));
    }

    /** Images at equal distances through the class. */
    private int[] spread(ClassStatistics statistics) {
        int wanted = Math.min(EXAMPLES, statistics.count());
        var chosen = new int[wanted];
        int found = 0;
        int seen = 0;
        for (int i = 0; found < wanted; i++) {
            if (first.label(i) == statistics.label()) {
                if (seen++ == (long) found * statistics.count() / wanted) {
                    chosen[found++] = i;
                }
            }
        }
        return chosen;
    }

    ReportPage channels(List<List<ChannelStatistics>> channels) {
        begin("Channels");
        add("<p>Mean and standard deviation over all pixels in [0, 1].</p>");
        add("<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>channel</th>");
        splits.forEach(split -> add("<th>%s mean</th><th>%s std</th>", split.split(), split.split()));
        add("</tr></thead><tbody>");
        List<String> names = first.channels() == 1 ? List.of("grey") : List.of("red", "green", "blue");
        for (int c = 0; c < names.size(); c++) {
            add("<tr><th>%s</th>", names.get(c));
            for (List<ChannelStatistics> split : channels) {
                add(
                        "<td>%.5f</td><td>%.5f</td>",
                        split.get(c).mean(), split.get(c).standardDeviation());
            }
            add("</tr>");
        }
        add("</tbody></table></div>");
        body.append(Histogram.svg(channels.get(0), names, "values 0 to 255 of " + first.split()));
        add("</section>");
        return this;
    }

    ReportPage duplicates(NearDuplicates duplicates) {
        begin("Near-duplicates");
        add(
                "<p>Pairs of images whose pixels correlate by at least %s, each row of each channel less its mean, as they are or"
                        + " with one of them mirrored. Brightness, contrast, tint and horizons do not count. Every image was compared"
                        + " with every other.</p>",
                duplicates.similarity());
        add("<div class=\"wide\"><table class=\"numbers\"><thead><tr><th></th><th>pairs</th><th>identical</th>"
                + "<th>mirrored</th><th>labelled differently</th><th>images concerned</th></tr></thead><tbody>");
        duplicates.groups().forEach(this::count);
        add("</tbody></table></div>");
        duplicates.groups().forEach(this::pairs);
        add("</section>");
        return this;
    }

    private void count(NearDuplicates.Group group) {
        String concerned = group.first() == group.second()
                ? concerned(group.first(), group.imagesInFirst())
                : concerned(group.first(), group.imagesInFirst()) + ", "
                        + concerned(group.second(), group.imagesInSecond());
        add(
                "<tr><th>%s</th><td>%,d</td><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td></tr>",
                title(group), group.pairs(), group.identical(), group.mirrored(), group.contradictory(), concerned);
    }

    private String concerned(Object split, int images) {
        int size = splits.stream()
                .filter(dataset -> dataset.split() == split)
                .findFirst()
                .orElseThrow()
                .size();
        return "%,d of %s (%.2f %%)".formatted(images, split, 100.0 * images / size);
    }

    private static String title(NearDuplicates.Group group) {
        return group.first() == group.second()
                ? "within " + group.first()
                : "%s and %s".formatted(group.first(), group.second());
    }

    private void pairs(NearDuplicates.Group group) {
        if (group.closest().isEmpty()) {
            return;
        }
        int shown = Math.min(SHOWN_PAIRS, group.closest().size());
        add(
                "<h3>%s</h3>",
                title(group).substring(0, 1).toUpperCase(Locale.ROOT)
                        + title(group).substring(1));
        add(
                "<p>The closest pair of each of %s. Numbers count from 0 within the split.</p>",
                shown == group.closest().size()
                        ? "%,d chains of pairs".formatted(shown)
                        : "the closest %d of %,d chains of pairs"
                                .formatted(shown, group.closest().size()));
        add("<ul class=\"cards\">");
        group.closest().subList(0, shown).forEach(this::pair);
        add("</ul>");
    }

    private void pair(NearDuplicates.Pair pair) {
        List<String> notes = new ArrayList<>();
        notes.add("%.4f".formatted(pair.similarity()));
        if (pair.mirrored()) {
            notes.add("mirrored");
        }
        if (pair.alike() > 2) {
            notes.add("%,d alike".formatted(pair.alike()));
        }
        add(
                "<li><div>%s%s</div><p>%s</p><p>%s</p><p>%s</p></li>",
                picture(pair.first()),
                picture(pair.second()),
                caption(pair.first()),
                caption(pair.second()),
                String.join(", ", notes));
    }

    private String picture(NearDuplicates.Image image) {
        Dataset split = splits.stream()
                .filter(dataset -> dataset.split() == image.split())
                .findFirst()
                .orElseThrow();
        return Html.image(Pixels.image(split.images(image.index()), 0), scale(), caption(image));
    }

    private String caption(NearDuplicates.Image image) {
        return "%s %d: %s".formatted(image.split(), image.index(), name(image.label()));
    }

    private static BufferedImage picture(Tensor unit) {
        return Pixels.image(UnitImages.toSigned(unit), 0);
    }

    private int scale() {
        return Math.max(1, SIDE / Math.max(first.height(), first.width()));
    }

    private String name(int label) {
        return Html.escape(first.classNames().get(label));
    }

    private void begin(String title) {
        add("<section><h2>%s</h2>", title);
    }

    private void add(String format, Object... values) {
        body.append(values.length == 0 ? format : format.formatted(values)).append('\n');
    }

    String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s: data report</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <header><h1>%1$s</h1><p>data report by GanZoo</p></header>
                <main>
                %3$s</main>
                </body>
                </html>
                """.formatted(Html.escape(first.name()), style(), body);
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read report.css", e);
        }
    }
}
