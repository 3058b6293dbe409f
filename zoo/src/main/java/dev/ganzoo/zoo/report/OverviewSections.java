package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import java.util.List;
import java.util.stream.Collectors;

/** Writes how many images there are, of which classes, and what their channels are like. */
final class OverviewSections {
    private final ReportPage page;
    private final List<Dataset> splits;
    private final Dataset first;

    OverviewSections(ReportPage page) {
        this.page = page;
        this.splits = page.splits();
        this.first = splits.get(0);
    }

    void summary() {
        String sizes = splits.stream()
                .map(split -> Html.format("%,d of %s", split.size(), split.split()))
                .collect(Collectors.joining(" and "));
        page.add(
                "<p>%s images of %d × %d pixels%s in %d classes.</p>",
                sizes,
                first.height(),
                first.width(),
                first.channels() == 1 ? ", grey," : "",
                first.classNames().size());
        page.add("<dl>");
        for (Dataset split : splits) {
            page.add("<dt>sha256 of %s</dt><dd><code>%s</code></dd>", split.split(), split.fingerprint());
        }
        page.add("</dl>");
    }

    void classes(List<List<ClassStatistics>> classes) {
        page.begin("Images a class");
        legend();
        int most = classes.stream()
                .flatMap(List::stream)
                .mapToInt(ClassStatistics::count)
                .max()
                .orElse(0);
        page.add("<ul class=\"bars\">");
        for (int label = 0; label < first.classNames().size(); label++) {
            page.add("<li><span class=\"name\">%s</span><span class=\"pairs\">", page.name(label));
            for (int split = 0; split < splits.size(); split++) {
                int count = classes.get(split).get(label).count();
                page.add(
                        "<span class=\"track\"><span class=\"bar split%d\" style=\"width:%.2f%%\"></span></span>"
                                + "<span class=\"value\">%,d</span>",
                        split, most == 0 ? 0 : 100.0 * count / most, count);
            }
            page.add("</span></li>");
        }
        page.add("</ul></section>");
    }

    private void legend() {
        if (splits.size() > 1) {
            page.add("<p class=\"legend\">");
            for (int split = 0; split < splits.size(); split++) {
                page.add(
                        "<span class=\"key split%d\"></span>%s",
                        split, splits.get(split).split());
            }
            page.add("</p>");
        }
    }

    void channels(List<List<ChannelStatistics>> channels) {
        page.begin("Channels");
        page.add("<p>Mean and standard deviation over all pixels in [0, 1].</p>");
        page.add("<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>channel</th>");
        splits.forEach(split -> page.add("<th>%s mean</th><th>%s std</th>", split.split(), split.split()));
        page.add("</tr></thead><tbody>");
        List<String> names = first.channels() == 1 ? List.of("grey") : List.of("red", "green", "blue");
        for (int c = 0; c < names.size(); c++) {
            page.add("<tr><th>%s</th>", names.get(c));
            for (List<ChannelStatistics> split : channels) {
                page.add(
                        "<td>%.5f</td><td>%.5f</td>",
                        split.get(c).mean(), split.get(c).standardDeviation());
            }
            page.add("</tr>");
        }
        page.add("</tbody></table></div>");
        page.add("%s", Histogram.svg(channels.get(0), names, "values 0 to 255 of " + first.split()));
        page.add("</section>");
    }
}
