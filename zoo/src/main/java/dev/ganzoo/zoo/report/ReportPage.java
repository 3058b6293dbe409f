package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import java.util.List;

/** The page of a data report; its sections write on it one after the other. */
final class ReportPage {
    /** The side of pictures on the page in pixels, about. */
    private static final int SIDE = 64;

    private final List<Dataset> splits;
    private final Dataset first;
    private final HtmlPage page;

    ReportPage(List<Dataset> splits) {
        this.splits = splits;
        this.first = splits.get(0);
        this.page = new HtmlPage(first.name(), "data report");
    }

    List<Dataset> splits() {
        return splits;
    }

    /** By how much pictures of the dataset are enlarged. */
    int scale() {
        return Math.max(1, SIDE / Math.max(first.height(), first.width()));
    }

    /** The name of a class, as HTML. */
    String name(int label) {
        return Html.escape(first.classNames().get(label));
    }

    /** Begins a section, which its writer has to end. */
    void begin(String title) {
        page.begin(title);
    }

    /** Adds a line; without values it is taken as it is. */
    void add(String format, Object... values) {
        page.add(format, values);
    }

    String html() {
        return page.html();
    }
}
