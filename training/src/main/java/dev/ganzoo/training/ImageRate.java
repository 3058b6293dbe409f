package dev.ganzoo.training;

/** Real images per second, smoothed over about the last ten steps. */
final class ImageRate {
    private static final double NEW_WEIGHT = 0.1;

    private final long imagesPerStep;
    private double smoothSeconds;

    ImageRate(long imagesPerStep) {
        this.imagesPerStep = imagesPerStep;
    }

    double after(double seconds) {
        smoothSeconds = smoothSeconds == 0 ? seconds : smoothSeconds + NEW_WEIGHT * (seconds - smoothSeconds);
        return imagesPerStep / smoothSeconds;
    }
}
