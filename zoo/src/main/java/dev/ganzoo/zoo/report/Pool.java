package dev.ganzoo.zoo.report;

import dev.ganzoo.zoo.data.Dataset;
import java.util.List;

/** The images of one split or of two, numbered through. */
record Pool(List<Dataset> parts) {
    /** @throws IllegalArgumentException if the parts have images of different shapes */
    Pool {
        parts = List.copyOf(parts);
        Dataset first = parts.get(0);
        for (Dataset part : parts) {
            if (part.channels() != first.channels()
                    || part.height() != first.height()
                    || part.width() != first.width()) {
                throw new IllegalArgumentException(
                        "splits must have images of one shape, got %s and %s".formatted(first, part));
            }
        }
    }

    int size() {
        return parts.stream().mapToInt(Dataset::size).sum();
    }

    /** The number of the part that an image is of. */
    int part(int index) {
        int part = 0;
        for (int rest = index; rest >= parts.get(part).size(); part++) {
            rest -= parts.get(part).size();
        }
        return part;
    }

    /** The image's number within its part. */
    int within(int index) {
        int rest = index;
        for (int part = 0; part < part(index); part++) {
            rest -= parts.get(part).size();
        }
        return rest;
    }

    byte[] pixels(int index) {
        return parts.get(part(index)).pixels(within(index));
    }

    int label(int index) {
        return parts.get(part(index)).label(within(index));
    }

    int channels() {
        return parts.get(0).channels();
    }

    int height() {
        return parts.get(0).height();
    }

    int width() {
        return parts.get(0).width();
    }
}
