package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;

/** Writes some images of each class beside their mean and variance. */
final class ExamplesSection {
    private static final int EXAMPLES = 10;

    private final ReportPage page;
    private final Dataset first;

    ExamplesSection(ReportPage page) {
        this.page = page;
        this.first = page.splits().get(0);
    }

    void examples(List<ClassStatistics> classes) {
        page.begin("Ten images a class, their mean and their variance");
        float most = 0;
        for (ClassStatistics statistics : classes) {
            for (float variance : statistics.variance().data()) {
                most = Math.max(most, variance);
            }
        }
        page.add(
                "<p>Of %s: images at equal distances through the class; mean and variance are over all its images, pixel"
                        + " by pixel. A sharp mean tells of images that are alike. Variances are on one scale: white is"
                        + " %.3f, of pixels in [0, 1].</p>",
                first.split(), most);
        page.add("<div class=\"wide\"><table class=\"pictures\"><thead><tr><th>class</th><th>images</th><th>mean</th>"
                + "<th>variance</th></tr></thead><tbody>");
        for (ClassStatistics statistics : classes) {
            if (statistics.count() > 0) {
                example(statistics, most);
            }
        }
        page.add("</tbody></table></div></section>");
    }

    private void example(ClassStatistics statistics, float most) {
        int[] chosen = spread(statistics);
        List<BufferedImage> images = Pixels.images(first.images(chosen));
        String name = first.classNames().get(statistics.label());
        Tensor variance = Tensor.zeros(statistics.variance().shape());
        for (int k = 0; k < variance.size() && most > 0; k++) {
            variance.data()[k] = statistics.variance().data()[k] / most;
        }
        page.add(
                "<tr><th>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>",
                page.name(statistics.label()),
                Html.image(
                        ImageGrid.of(images).columns(EXAMPLES).padding(0).image(),
                        page.scale(),
                        "%d images of %s".formatted(chosen.length, name)),
                Html.image(picture(statistics.mean()), page.scale(), "mean of " + name),
                Html.image(picture(variance), page.scale(), "variance of " + name));
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

    private static BufferedImage picture(Tensor unit) {
        return Pixels.image(UnitImages.toSigned(unit), 0);
    }
}
