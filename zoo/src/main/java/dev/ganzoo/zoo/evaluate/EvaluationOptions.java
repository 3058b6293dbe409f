package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.files.CacheFolder;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.runtime.Device;
import java.nio.file.Path;
import java.util.List;

/** Everything that can be asked of an evaluation. Copied before every change, so that requests are immutable. */
final class EvaluationOptions implements Cloneable {
    ImageSource samples;
    Reference against;
    List<Metric> metrics = List.of(Metric.FID, Metric.KID, Metric.IS, Metric.PRDC);
    /** How many samples; 0 for 50,000 of a generator, and for all that there are otherwise. */
    int count;
    /** How many real images; 0 for all. */
    int realCount;

    int repeats = 1;
    long seed;
    /** Null for the model's default. */
    Truncation truncation;
    /** Null for all classes. */
    String className;

    Extractor extractor = Extractor.bundled();
    Device device = Device.auto();
    int batch = 64;
    int splits = 10;
    int subsets = 100;
    int subsetSize = 1000;
    int neighbours = 5;
    int neighbourImages = 10_000;
    Path cache = CacheFolder.named("statistics");
    /** Where scores are kept; null for nowhere. */
    Path kept;

    boolean anew;
    /** Where statistics of the real images are written to; null for nowhere. */
    Path saved;

    EvaluationListener listener = EvaluationListener.NONE;

    EvaluationOptions copy() {
        try {
            return (EvaluationOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("it is cloneable", e);
        }
    }
}
