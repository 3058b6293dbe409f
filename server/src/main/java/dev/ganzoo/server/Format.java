package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms in which images, and how they come about, are answered. */
enum Format {
    PNG("image/png"),
    GIF("image/gif"),
    JSON("application/json"),
    RAW("application/octet-stream"),
    NPY("application/x-npy"),
    EVENTS("text/event-stream");

    private static final Format[] SAMPLES = {PNG, GIF, JSON, RAW, NPY};

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The form of samples that an {@code Accept} header likes best. @see #accepted(String, Format...) */
    static Format accepted(String accept) {
        return accepted(accept, SAMPLES);
    }

    /**
     * The form that an {@code Accept} header likes best.
     *
     * @param accept null or blank for any
     * @param offered of equals the first is taken
     * @throws Problem if it likes none
     */
    static Format accepted(String accept, Format... offered) {
        if (accept == null || accept.isBlank()) {
            return offered[0];
        }
        List<Format> order = List.of(offered);
        return order.stream()
                .filter(format -> format.quality(accept) > 0)
                .max(Comparator.comparingDouble((Format format) -> format.quality(accept))
                        .thenComparing(
                                Comparator.<Format>comparingInt(order::indexOf).reversed()))
                .orElseThrow(() -> new Problem(
                        Type.NOT_ACCEPTABLE,
                        "Accept",
                        "accept must allow one of %s, got \"%s\"".formatted(all(order), accept)));
    }

    /** The quality of the most specific range that this form lies in (RFC 9110, 12.5.1); 0 for none. */
    private double quality(String accept) {
        Optional<String[]> best = Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
                .map(range -> range.strip().split("\\s*;\\s*", -1))
                .filter(range -> specificity(range[0]) >= 0)
                .max(Comparator.comparingInt(range -> specificity(range[0])));
        return best.map(Format::weight).orElse(0.0);
    }

    private int specificity(String range) {
        if (range.equals(mediaType)) {
            return 2;
        }
        if (range.equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*")) {
            return 1;
        }
        return range.equals("*/*") ? 0 : -1;
    }

    private static double weight(String[] range) {
        for (String parameter : range) {
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    private static String all(List<Format> formats) {
        return formats.stream().map(Format::mediaType).collect(Collectors.joining(", "));
    }
}
