package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.ImageRequest;
import dev.ganzoo.zoo.model.ModelCard;
import java.time.Duration;

/**
 * How much the server does.
 *
 * @param count most images in one answer
 * @param pixels most pixels in one answer, enlarged ones counted
 * @param body most bytes of a request's body
 * @param running most requests that compute at once; each uses all cores, so few are as fast as many
 * @param waiting most requests that wait for their turn
 * @param patience how long one waits for its turn
 * @param study of attacks and visualisations
 */
record Limits(int count, long pixels, int body, int running, int waiting, Duration patience, Study study) {
    /**
     * A thousand 32 × 32 images are some seconds of work for a small machine, and 16 Mi pixels a picture of 4096 × 4096,
     * which takes 64 MiB to draw.
     */
    static final Limits DEFAULT = new Limits(
            1024,
            1 << 24,
            1 << 16,
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            48,
            Duration.ofSeconds(15),
            Study.DEFAULT);

    /**
     * How much is done for one attack or visualisation.
     *
     * @param upload most bytes of a body with an image
     * @param side most pixels along a side of an uploaded image
     * @param passes most passes of one image through the network
     * @param images most images of one visualisation
     * @param time after which it ends
     * @param kept how many visualisations can still be asked for after their end
     */
    record Study(int upload, int side, int passes, int images, Duration time, int kept) {
        static final Study DEFAULT = new Study(8 << 20, 4096, 50_000, 64, Duration.ofSeconds(90), 16);

        Study withTime(Duration most) {
            return new Study(upload, side, passes, images, most, kept);
        }

        Study withUpload(int most) {
            return new Study(most, side, passes, images, time, kept);
        }

        Study withKept(int most) {
            return new Study(upload, side, passes, images, time, most);
        }
    }

    Limits {
        atLeastOne("max count", count);
        atLeastOne("max pixels", pixels);
        atLeastOne("max body", body);
        atLeastOne("concurrency", running);
    }

    Limits withCount(int most) {
        return new Limits(most, pixels, body, running, waiting, patience, study);
    }

    Limits withPixels(long most) {
        return new Limits(count, most, body, running, waiting, patience, study);
    }

    Limits withRunning(int most) {
        return new Limits(count, pixels, body, most, waiting, patience, study);
    }

    Limits withWaiting(int most, Duration time) {
        return new Limits(count, pixels, body, running, most, time, study);
    }

    Limits withStudy(Study limits) {
        return new Limits(count, pixels, body, running, waiting, patience, limits);
    }

    /** For what takes long: half of the turns, so that samples are made meanwhile. */
    Limits forStudies() {
        return withRunning(Math.max(1, running / 2));
    }

    /** @param counted the field that says how many: count or frames */
    void check(ImageRequest request, String counted, int scale, ModelCard.ImageSpec image) {
        if (request.count() > count) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    counted,
                    "%s must be at most %d in one request, got %d".formatted(counted, count, request.count()));
        }
        double asked = (double) request.count() * image.width() * image.height() * scale * scale;
        if (asked > pixels) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    scale > 1 ? "scale" : counted,
                    "pixels in one answer must be at most %d, got %d × %d × %d × scale %d²"
                            .formatted(pixels, request.count(), image.width(), image.height(), scale));
        }
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(name, value));
        }
    }
}
