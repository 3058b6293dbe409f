package dev.ganzoo.training;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.engine.Trainings;
import dev.ganzoo.training.evaluation.SampleEvaluation;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.RecipeBook;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.report.RunReport;
import dev.ganzoo.training.run.EndingFile;
import dev.ganzoo.training.run.EvaluationCurve;
import dev.ganzoo.training.run.MetricsLog;
import dev.ganzoo.training.run.RunDirectory;
import dev.ganzoo.training.run.RunStart;
import dev.ganzoo.training.run.SampleGrids;
import dev.ganzoo.training.run.SampleReport;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.training.run.TensorBoardLog;
import dev.ganzoo.training.run.TrainingListener;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.RunFiles;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training run in a run directory: from the first step or from the latest checkpoint, until all steps are done or it
 * is asked to stop.
 *
 * <pre>{@code
 * try (TrainingRun run = TrainingRun.start(plan, dataset, Path.of("runs/x"))) {
 *     run.listener(display).cadence(Cadence.DEFAULT).train();
 * }
 * }</pre>
 *
 * <p>On one machine with one number of threads, a run stopped and resumed gives the same weights bit for bit as a run at
 * once. Only {@link #requestStop} may be called from another thread.
 */
public final class TrainingRun implements AutoCloseable {
    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final Training training;
    private final Divergence divergence;
    private final FixedSamples samples;
    private final Saves saves;
    private final Measurements measurements;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Cadence cadence = Cadence.DEFAULT;
    private long stopAfter;
    private OptionalInt patience = OptionalInt.empty();
    private Optional<Duration> timeBudget = Optional.empty();
    private volatile boolean stopRequested;
    private long step;

    private TrainingRun(TrainingPlan plan, Training training, RunDirectory directory, Dataset dataset, Device device) {
        this.plan = plan;
        this.directory = directory;
        this.training = training;
        this.divergence = new Divergence(directory.checkpoints());
        this.samples = new FixedSamples(plan, training, divergence);
        this.saves = new Saves(directory.checkpoints(), training, divergence, samples);
        this.measurements = new Measurements(plan, training, dataset, device, directory.folder());
        this.stopAfter = plan.steps();
    }

    /** As {@link #start(TrainingPlan, Dataset, Path, Device)} on the first GPU, or the CPU if there is none. */
    public static TrainingRun start(TrainingPlan plan, Dataset dataset, Path folder) throws IOException {
        return start(plan, dataset, folder, Device.auto());
    }

    /**
     * A new run in {@code folder}, which must be absent or empty; nothing is written if the run cannot begin.
     *
     * @throws IllegalArgumentException if the folder holds a run already, or the data are not those of the plan
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public static TrainingRun start(TrainingPlan plan, Dataset dataset, Path folder, Device device) throws IOException {
        return open(plan, dataset, device, () -> {
            RunDirectory directory = RunDirectory.create(folder, plan.toJson());
            List<Long> steps = directory.checkpoints().steps();
            if (!steps.isEmpty()) {
                directory.close();
                throw new IllegalArgumentException(
                        "%s must not hold a run yet, it is at step %d; go on with `ganzoo resume %s`"
                                .formatted(folder, steps.get(steps.size() - 1), folder));
            }
            return directory;
        });
    }

    /** As {@link #resume(Path, Dataset, Device)} on the first GPU, or the CPU if there is none. */
    public static TrainingRun resume(Path folder, Dataset dataset) throws IOException {
        return resume(folder, dataset, Device.auto());
    }

    /**
     * The run in {@code folder}, from its latest checkpoint.
     *
     * @throws IllegalArgumentException if the data are not those that the run began with
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     * @throws IOException if a file of the run is missing or damaged
     */
    public static TrainingRun resume(Path folder, Dataset dataset, Device device) throws IOException {
        return resume(folder, Recipes.book(), dataset, device);
    }

    /**
     * The run in {@code folder} by one of these recipes, from its latest checkpoint.
     *
     * @throws IllegalArgumentException if it is by none of them, or the data are not those that the run began with
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     * @throws IOException if a file of the run is missing or damaged
     */
    public static TrainingRun resume(Path folder, RecipeBook recipes, Dataset dataset, Device device)
            throws IOException {
        TrainingPlan plan = TrainingPlan.fromJson(new RunFiles(folder).readRecipe(), recipes);
        TrainingRun run = open(plan, dataset, device, () -> RunDirectory.open(folder));
        try {
            Optional<Checkpoint> latest = run.directory.checkpoints().latest();
            if (latest.isPresent()) {
                run.step = run.saves.restore(latest.get());
            }
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private interface Opening {
        RunDirectory open() throws IOException;
    }

    private static TrainingRun open(TrainingPlan plan, Dataset dataset, Device device, Opening opening)
            throws IOException {
        requireSameData(plan, dataset);
        Training training = Trainings.begin(plan, dataset, device);
        try {
            RunDirectory directory = opening.open();
            if (plan.measuredOnTest()) {
                directory.keepMeanImage(dataset);
            }
            return new TrainingRun(plan, training, directory, dataset, device);
        } catch (IOException | RuntimeException e) {
            training.close();
            throw e;
        }
    }

    private static void requireSameData(TrainingPlan plan, Dataset dataset) {
        DataSpec found = DataSpec.of(dataset.name(), dataset);
        if (!found.fingerprint().equals(plan.data().fingerprint())) {
            throw new IllegalArgumentException(
                    "data must be %s with %d images and fingerprint %s, got %s with %d and %s"
                            .formatted(
                                    plan.data().name(),
                                    plan.data().images(),
                                    plan.data().fingerprint(),
                                    found.name(),
                                    found.images(),
                                    found.fingerprint()));
        }
    }

    /** What is trained. */
    public TrainingPlan plan() {
        return plan;
    }

    /** How many steps are done. */
    public long step() {
        return step;
    }

    /** Adds a listener beside the run's own logs; it is closed with the run. */
    public TrainingRun listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** How often to write what. */
    public TrainingRun cadence(Cadence newCadence) {
        cadence = newCadence;
        return this;
    }

    /**
     * Measures what is learned on {@code newTest} in {@link Cadence#evaluate}'s time and after the last step, if the recipe
     * can be measured so; the checkpoint of the best weights then stays beside the latest ones.
     *
     * @throws IllegalArgumentException if these images have other classes or another shape than those trained on
     */
    public TrainingRun evaluateOn(Dataset newTest) {
        DataSpec found = DataSpec.of(newTest.name(), newTest);
        DataSpec data = plan.data();
        if (!found.labels().equals(data.labels())
                || found.channels() != data.channels()
                || found.size() != data.size()) {
            throw new IllegalArgumentException("test images must be like those trained on, got %s".formatted(newTest));
        }
        measurements.test(newTest);
        return this;
    }

    /**
     * Measures what the generator makes every so many steps and after the last one; the checkpoint of the best weights then
     * stays beside the latest ones.
     *
     * @throws IllegalArgumentException if the recipe has no generator
     */
    public TrainingRun evaluateSamples(SampleEvaluation evaluation) {
        measurements.samples(evaluation);
        return this;
    }

    /** Ends {@link #train} at this step as an interruption would: with a checkpoint to resume from. */
    public TrainingRun stopAfter(long lastStep) {
        if (lastStep < 1) {
            throw new IllegalArgumentException("stop-after must be ≥ 1, got " + lastStep);
        }
        stopAfter = lastStep;
        return this;
    }

    /** Ends {@link #train} after the step in which it has taken so long, as an interruption would. */
    public TrainingRun timeBudget(Duration newTimeBudget) {
        if (newTimeBudget.isZero() || newTimeBudget.isNegative()) {
            throw new IllegalArgumentException("the time budget must be > 0, got " + newTimeBudget);
        }
        timeBudget = Optional.of(newTimeBudget);
        return this;
    }

    /**
     * Ends {@link #train} when so many measurements in a row have found nothing better, as an interruption would: early
     * stopping (Prechelt 1998). A run that goes on after that ends again with the next measurement that is no better.
     */
    public TrainingRun patience(int newPatience) {
        if (newPatience < 1) {
            throw new IllegalArgumentException("patience must be ≥ 1, got " + newPatience);
        }
        patience = OptionalInt.of(newPatience);
        return this;
    }

    /** Asks {@link #train} to save a checkpoint and return after the step at hand. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Trains until done or asked to stop; a checkpoint of the last step is there when this returns.
     *
     * @return why it ended
     * @throws TrainingDivergedException if a loss or a weight is not finite, or the samples have become the same, all or
     *     those of each class; no checkpoint of such weights is written
     * @throws IllegalArgumentException if there is patience with measurements, and nothing to be measured
     */
    public StopReason train() throws IOException {
        if (patience.isPresent() && !measurements.willJudge(cadence.evaluate())) {
            throw new IllegalArgumentException(
                    "patience needs measurements, but nothing is measured of %s; ask for samples to be, by evaluate-every"
                            .formatted(plan));
        }
        List<TrainingListener> all = new ArrayList<>(List.of(
                MetricsLog.of(directory.folder()),
                TensorBoardLog.of(directory.folder()),
                EvaluationCurve.of(directory.folder()),
                SampleGrids.of(directory.folder()),
                EndingFile.of(directory.folder()),
                RunReport.of(directory.folder(), plan)));
        all.addAll(listeners);
        try (TrainingListener told = TrainingListener.all(all)) {
            try {
                return train(told);
            } catch (IOException | RuntimeException e) {
                told.failed(step, e);
                throw e;
            }
        }
    }

    private StopReason train(TrainingListener told) throws IOException {
        long total = plan.steps();
        told.started(new RunStart(plan.toString(), step, total));
        ImageRate rate = new ImageRate(plan.procedure().imagesPerStep());
        long start = System.nanoTime();
        boolean patient = true;
        while (step < Math.min(total, stopAfter) && !stopRequested && !isTimeOver(start) && patient) {
            long began = System.nanoTime();
            Map<String, Double> metrics = training.step(step);
            divergence.check(metrics, step + 1);
            step++;
            double took = (System.nanoTime() - began) / 1e9;
            saves.addSeconds(took);
            Measurements.Outcome measured = measurements.at(step, cadence.evaluate());
            told.stepDone(new StepReport(step, total, logged(metrics, measured.metrics(), total), rate.after(took)));
            if (step % cadence.samples() == 0 || step == total) {
                tellSamples(told);
            }
            boolean best = measured.judgement().isPresent()
                    && saves.isBest(step, measured.judgement().get());
            patient = measured.judgement().isEmpty() || saves.sinceBest() < patience.orElse(Integer.MAX_VALUE);
            if (best || step % cadence.checkpoint() == 0) {
                save(told);
            }
        }
        if (!saves.isSaved(step)) {
            save(told);
        }
        StopReason reason = reason(total, patient);
        told.stopped(step, reason);
        return reason;
    }

    private boolean isTimeOver(long start) {
        return timeBudget
                .map(budget -> System.nanoTime() - start >= budget.toNanos())
                .orElse(false);
    }

    private StopReason reason(long total, boolean patient) {
        if (step == total) {
            return StopReason.FINISHED;
        }
        if (!patient) {
            return StopReason.NO_BETTER;
        }
        if (stopRequested) {
            return StopReason.INTERRUPTED;
        }
        return step >= stopAfter ? StopReason.STEP_REACHED : StopReason.TIME_OVER;
    }

    /** Nothing, if it is not time to log. */
    private Map<String, Double> logged(Map<String, Double> metrics, Map<String, Double> measured, long total) {
        Map<String, Double> logged = new LinkedHashMap<>();
        if (!measured.isEmpty() || step % cadence.log() == 0 || step == total) {
            logged.putAll(metrics);
            logged.putAll(measured);
        }
        return logged;
    }

    private void tellSamples(TrainingListener told) throws IOException {
        Optional<SampleReport> made = samples.at(step);
        if (made.isPresent()) {
            told.samples(made.get());
        }
    }

    private void save(TrainingListener told) throws IOException {
        told.checkpointSaved(saves.save(step, cadence.keep()));
    }

    @Override
    public void close() throws IOException {
        training.close();
        directory.close();
    }
}
