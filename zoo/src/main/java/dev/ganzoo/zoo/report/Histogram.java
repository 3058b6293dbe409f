package dev.ganzoo.zoo.report;

import java.util.List;

/** The histograms of all channels in one picture, an outline each. */
final class Histogram {
    private static final int HEIGHT = 100;

    private Histogram() {}

    /** As SVG; the highest column of all but the first and last values is as high as the picture. */
    static String svg(List<ChannelStatistics> channels, List<String> names, String alternative) {
        long most = 1;
        for (ChannelStatistics channel : channels) {
            // Black and white are often the ground of all images, beside which nothing else would be seen.
            most = Math.max(
                    most,
                    channel.histogram().subList(1, 255).stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElseThrow());
        }
        var svg = new StringBuilder(
                "<svg class=\"histogram\" viewBox=\"0 0 256 %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">"
                        .formatted(HEIGHT, Html.escape(alternative)));
        for (int c = 0; c < channels.size(); c++) {
            svg.append("<path class=\"%s\" d=\"M0 %d".formatted(names.get(c), HEIGHT));
            for (int value = 0; value < 256; value++) {
                double part = Math.min(1, (double) channels.get(c).histogram().get(value) / most);
                svg.append(Html.format("V%.1fH%d", HEIGHT * (1 - part), value + 1));
            }
            svg.append("V%dZ\"/>".formatted(HEIGHT));
        }
        return svg.append("</svg>\n<p class=\"legend axis\"><span>0</span><span>")
                .append(Html.escape(alternative))
                .append("</span><span>255</span></p>\n")
                .toString();
    }
}
