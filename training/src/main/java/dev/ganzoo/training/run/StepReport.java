package dev.ganzoo.training.run;

import dev.ganzoo.training.loss.Game;
import dev.ganzoo.zoo.run.MetricsFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished step.
 *
 * @param step how many steps are done with this one, from 1
 * @param totalSteps how many there will be in the end
 * @param metrics scalars by a name of the form {@code group/name}, in the order to show them; empty if nothing was
 *     measured at this step, and then it is not logged. The names below are those that the display knows
 * @param imagesPerSecond real images seen per second of training, of late
 */
public record StepReport(long step, long totalSteps, Map<String, Double> metrics, double imagesPerSecond) {
    /** The discriminator's loss. */
    public static final String DISCRIMINATOR_LOSS = Game.DISCRIMINATOR_LOSS;

    /** The generator's loss. */
    public static final String GENERATOR_LOSS = Game.GENERATOR_LOSS;

    /** The mean of D(x), the discriminator's output for real images. */
    public static final String REAL_SCORE = Game.REAL_SCORE;

    /** The mean of D(G(z)), the discriminator's output for generated images. */
    public static final String FAKE_SCORE = Game.FAKE_SCORE;

    /** A classifier's loss. */
    public static final String CLASSIFIER_LOSS = "loss/classifier";

    /** The part of a batch of training images that a classifier told right, as they were shown to it. */
    public static final String TRAIN_ACCURACY = "accuracy/train";

    /** A classifier's loss on all test images. */
    public static final String TEST_LOSS = "loss/test";

    /** The part of the test images that a classifier told right. */
    public static final String TEST_ACCURACY = MetricsFile.TEST_ACCURACY;

    /** How the names of scores of generated images begin: {@code evaluate/fid}. */
    public static final String SCORES = "evaluate/";

    /** Copies the metrics. */
    public StepReport {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Whether held-out data or many samples were looked at, which is rare. */
    public boolean isEvaluation() {
        return metrics.containsKey(TEST_ACCURACY)
                || metrics.keySet().stream().anyMatch(name -> name.startsWith(SCORES));
    }
}
