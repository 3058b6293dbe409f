package dev.ganzoo.zoo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A page of a report in the making: one HTML file that needs nothing else, in light and dark.
 *
 * <p>Not safe for use by several threads.
 */
public final class HtmlPage {
    private final String title;
    private final String kind;
    private final StringBuilder body = new StringBuilder();

    /**
     * An empty page.
     *
     * @param title what it is about, as text
     * @param kind what it says of that, for example {@code data report}
     */
    public HtmlPage(String title, String kind) {
        this.title = title;
        this.kind = kind;
    }

    /** Begins a section, to be ended by {@link #end} or a line of its own. */
    public void begin(String heading) {
        add("<section><h2>%s</h2>", heading);
    }

    /** Ends a section. */
    public void end() {
        add("</section>");
    }

    /** Adds a line of HTML, formatted as English whatever the machine's language; without values it is taken as it is. */
    public void add(String format, Object... values) {
        body.append(values.length == 0 ? format : Html.format(format, values)).append('\n');
    }

    /** The page. */
    public String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s: %2$s</title>
                <style>
                %3$s</style>
                </head>
                <body>
                <header><h1>%1$s</h1><p>%2$s by GanZoo</p></header>
                <main>
                %4$s</main>
                </body>
                </html>
                """.formatted(Html.escape(title), Html.escape(kind), style(), body);
    }

    private static String style() {
        try (InputStream css = HtmlPage.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read report.css", e);
        }
    }
}
