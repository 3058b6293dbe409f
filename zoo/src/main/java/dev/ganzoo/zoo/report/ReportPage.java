package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page of a report; its sections write on it one after the other. */
final class ReportPage {
    /** The side of pictures on the page in pixels, about. */
    private static final int SIDE = 64;

    private final List<Dataset> splits;
    private final Dataset first;
    private final StringBuilder body = new StringBuilder();

    ReportPage(List<Dataset> splits) {
        this.splits = splits;
        this.first = splits.get(0);
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
        add("<section><h2>%s</h2>", title);
    }

    /** Adds a line; without values it is taken as it is. */
    void add(String format, Object... values) {
        body.append(values.length == 0 ? format : Html.format(format, values)).append('\n');
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
