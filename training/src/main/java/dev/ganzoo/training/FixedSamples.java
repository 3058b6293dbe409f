package dev.ganzoo.training;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.loss.Verdict;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.SampleReport;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The images by which a run is followed: made once for a step, of the same latents each time, and checked. */
final class FixedSamples {
    private final Training training;
    private final Divergence divergence;
    private final List<String> rows;
    private long madeAt = -1;
    private Optional<SampleReport> made = Optional.empty();

    FixedSamples(TrainingPlan plan, Training training, Divergence divergence) {
        this.training = training;
        this.divergence = divergence;
        this.rows = rows(plan);
    }

    /** The classes, if they change what the generator makes. */
    private static List<String> rows(TrainingPlan plan) {
        boolean conditional = !plan.networks().hasClassifier()
                && plan.networks().generator().inputs().stream()
                        .anyMatch(input -> input.name().equals(Verdict.CLASS_WEIGHTS));
        return conditional ? plan.data().labels() : List.of();
    }

    /**
     * The images after {@code step} steps, which is where the networks are, if they make any.
     *
     * @throws TrainingDivergedException if they have become the same
     */
    Optional<SampleReport> at(long step) throws IOException {
        if (madeAt != step) {
            Optional<Tensor> images = training.samples();
            if (images.isPresent()) {
                int group = rows.isEmpty() ? images.get().shape()[0] : Training.SAMPLES_PER_ROW;
                divergence.checkSamples(images.get(), group, step);
            }
            made = images.map(found -> new SampleReport(step, found, Training.SAMPLES_PER_ROW, rows));
            madeAt = step;
        }
        return made;
    }
}
