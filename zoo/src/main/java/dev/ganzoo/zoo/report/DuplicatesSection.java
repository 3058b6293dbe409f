package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes pairs of images that show nearly the same, side by side. */
final class DuplicatesSection {
    private static final int SHOWN = 24;

    private final ReportPage page;
    private final List<Dataset> splits;

    DuplicatesSection(ReportPage page) {
        this.page = page;
        this.splits = page.splits();
    }

    void duplicates(NearDuplicates duplicates) {
        page.begin("Near-duplicates");
        page.add(
                "<p>Pairs of images whose pixels correlate by at least %s, each row of each channel less its mean, as they are or"
                        + " with one of them mirrored. Brightness, contrast, tint and horizons do not count. Every image was compared"
                        + " with every other.</p>",
                duplicates.similarity());
        page.add("<div class=\"wide\"><table class=\"numbers\"><thead><tr><th></th><th>pairs</th><th>identical</th>"
                + "<th>mirrored</th><th>labelled differently</th><th>images concerned</th></tr></thead><tbody>");
        duplicates.groups().forEach(this::count);
        page.add("</tbody></table></div>");
        duplicates.groups().forEach(this::pairs);
        page.add("</section>");
    }

    private void count(NearDuplicates.Group group) {
        String concerned = group.first() == group.second()
                ? concerned(group.first(), group.imagesInFirst())
                : concerned(group.first(), group.imagesInFirst()) + ", "
                        + concerned(group.second(), group.imagesInSecond());
        page.add(
                "<tr><th>%s</th><td>%,d</td><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td></tr>",
                title(group), group.pairs(), group.identical(), group.mirrored(), group.contradictory(), concerned);
    }

    private String concerned(Split split, int images) {
        return Html.format(
                "%,d of %s (%.2f %%)",
                images, split, 100.0 * images / dataset(split).size());
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
        int shown = Math.min(SHOWN, group.closest().size());
        page.add(
                "<h3>%s</h3>",
                title(group).substring(0, 1).toUpperCase(Locale.ROOT)
                        + title(group).substring(1));
        page.add(
                "<p>The closest pair of each of %s. Numbers count from 0 within the split.</p>",
                shown == group.closest().size()
                        ? Html.format("%,d chains of pairs", shown)
                        : Html.format(
                                "the closest %d of %,d chains of pairs",
                                shown, group.closest().size()));
        page.add("<ul class=\"cards\">");
        group.closest().subList(0, shown).forEach(this::pair);
        page.add("</ul>");
    }

    private void pair(NearDuplicates.Pair pair) {
        List<String> notes = new ArrayList<>();
        notes.add(Html.format("%.4f", pair.similarity()));
        if (pair.mirrored()) {
            notes.add("mirrored");
        }
        if (pair.alike() > 2) {
            notes.add(Html.format("%,d alike", pair.alike()));
        }
        page.add(
                "<li><div>%s%s</div><p>%s</p><p>%s</p><p>%s</p></li>",
                picture(pair.first()),
                picture(pair.second()),
                Html.escape(caption(pair.first())),
                Html.escape(caption(pair.second())),
                String.join(", ", notes));
    }

    private String picture(NearDuplicates.Image image) {
        return Html.image(Pixels.image(dataset(image.split()).images(image.index()), 0), page.scale(), caption(image));
    }

    private Dataset dataset(Split split) {
        return splits.stream()
                .filter(dataset -> dataset.split() == split)
                .findFirst()
                .orElseThrow();
    }

    private String caption(NearDuplicates.Image image) {
        return "%s %d: %s"
                .formatted(
                        image.split(),
                        image.index(),
                        page.splits().get(0).classNames().get(image.label()));
    }
}
