package dev.ganzoo.training;

import dev.ganzoo.training.engine.Sampler;
import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.evaluation.SampleEvaluation;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When a run is measured, and by what. */
final class Measurements {
    private final TrainingPlan plan;
    private final Training training;
    private final Dataset learned;
    private final Device device;
    private final Path folder;
    private Optional<Dataset> test = Optional.empty();
    private Optional<SampleEvaluation> ofSamples = Optional.empty();

    Measurements(TrainingPlan plan, Training training, Dataset learned, Device device, Path folder) {
        this.plan = plan;
        this.training = training;
        this.learned = learned;
        this.device = device;
        this.folder = folder;
    }

    void test(Dataset images) {
        test = Optional.of(images);
    }

    void samples(SampleEvaluation evaluation) {
        if (training.sampler().isEmpty()) {
            throw new IllegalArgumentException("samples of %s cannot be measured: it makes no images"
                    .formatted(plan.recipe().name()));
        }
        ofSamples = Optional.of(evaluation);
    }

    /**
     * What is due after {@code step} steps. Where samples are measured, they alone tell which weights are best.
     *
     * @param epochs between measurements on test data, 0 for none
     */
    Outcome at(long step, int epochs) throws IOException {
        Optional<Training.Evaluation> held = Optional.empty();
        if (epochs > 0 && isDue(step, epochs * plan.stepsPerEpoch())) {
            held = test.flatMap(training::evaluate);
        }
        Optional<Training.Evaluation> made = Optional.empty();
        if (ofSamples.isPresent() && isDue(step, ofSamples.get().every())) {
            Sampler sampler = training.sampler().orElseThrow();
            made = Optional.of(ofSamples.get().measure(folder, step, training, sampler, learned, device));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        held.ifPresent(found -> metrics.putAll(found.metrics()));
        made.ifPresent(found -> metrics.putAll(found.metrics()));
        return new Outcome(metrics, ofSamples.isPresent() ? made : held);
    }

    /** Whether anything will be measured that tells which weights are best. */
    boolean willJudge(int epochs) {
        return ofSamples.isPresent() || test.isPresent() && epochs > 0 && plan.measuredOnTest();
    }

    private boolean isDue(long step, long every) {
        return step == plan.steps() || step % every == 0;
    }

    /**
     * What was measured.
     *
     * @param metrics all of it; empty if nothing
     * @param judgement that which tells the best weights
     */
    record Outcome(Map<String, Double> metrics, Optional<Training.Evaluation> judgement) {}
}
