package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.model.ModelCard.Quality;

/** Writes what the second split scores against the first: the best that any model can hope for. */
final class ScoresSection {
    private final ReportPage page;

    ScoresSection(ReportPage page) {
        this.page = page;
    }

    void scores(EvaluationReport report) {
        page.begin("Ground truth");
        page.add(
                "<p>What real images score: %s against %s, as a generator\u2019s samples would be judged. No model can be"
                        + " expected to do better, and numbers of other protocols are not to be compared with these.</p>",
                Html.escape(report.samples()), Html.escape(report.against()));
        page.add(
                "<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>score</th><th>value</th><th>deviation</th>"
                        + "</tr></thead><tbody>");
        for (Quality score : report.scores()) {
            page.add(
                    "<tr><th>%s</th><td>%.5g</td><td>%s</td></tr>",
                    Html.escape(score.metric()),
                    score.value(),
                    score.deviation() == null ? "" : Html.format("%.3g", score.deviation()));
        }
        page.add("</tbody></table></div>");
        page.add(
                "<details open><summary>with their protocol</summary><pre>%s</pre></details>",
                Html.escape(report.table()));
        page.add("</section>");
    }

    /** Where there is nothing to be measured. */
    void without(String reason) {
        page.begin("Ground truth");
        page.add("<p>%s</p></section>", Html.escape(reason));
    }
}
