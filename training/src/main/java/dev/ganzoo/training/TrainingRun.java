package dev.ganzoo.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ganzoo.training.engine.AdversarialTraining;
import dev.ganzoo.training.engine.AdversarialTraining.Part;
import dev.ganzoo.training.engine.DatasetFeed;
import dev.ganzoo.training.engine.Feed;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.Checkpoint;
import dev.ganzoo.training.run.CheckpointWriter;
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
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private static final int GRID_COLUMNS = 8;
    private static final int GOLDEN_PER_CLASS = 2;
    private static final String ENDING = ".safetensors";

    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final AdversarialTraining training;
    private final Divergence divergence;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Cadence cadence = Cadence.DEFAULT;
    private long stopAfter;
    private volatile boolean stopRequested;
    private long step;
    private double seconds;

    private TrainingRun(TrainingPlan plan, AdversarialTraining training, RunDirectory directory) {
        this.plan = plan;
        this.directory = directory;
        this.training = training;
        this.divergence = new Divergence(directory.checkpoints());
        this.stopAfter = plan.schedule().steps();
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
        TrainingPlan plan = TrainingPlan.fromJson(RunDirectory.readRecipe(folder));
        TrainingRun run = open(plan, dataset, device, () -> RunDirectory.open(folder));
        try {
            Optional<Checkpoint> latest = run.directory.checkpoints().latest();
            if (latest.isPresent()) {
                run.restore(latest.get());
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
        Feed feed = new DatasetFeed(dataset, plan.schedule().batch(), latent(plan), plan.seed());
        AdversarialTraining training = new AdversarialTraining(
                plan.networks(), plan.recipe().objective(), plan.schedule(), feed, plan.seed(), device);
        try {
            return new TrainingRun(plan, training, opening.open());
        } catch (IOException | RuntimeException e) {
            training.close();
            throw e;
        }
    }

    private static int latent(TrainingPlan plan) {
        return plan.networks().generator().inputs().get(0).shape().extent(1);
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

    private void restore(Checkpoint checkpoint) throws IOException {
        Map<Part, Map<String, Tensor>> state = new EnumMap<>(Part.class);
        for (Part part : training.parts()) {
            state.put(part, checkpoint.read(part.fileName() + ENDING).tensors());
        }
        training.restore(state, checkpoint.step());
        step = checkpoint.step();
        seconds = checkpoint.state().path("seconds").asDouble();
    }

    /** What is trained. */
    public TrainingPlan plan() {
        return plan;
    }

    /** How many generator steps are done. */
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

    /** Ends {@link #train} at this step as an interruption would: with a checkpoint to resume from. */
    public TrainingRun stopAfter(long lastStep) {
        if (lastStep < 1) {
            throw new IllegalArgumentException("stop-after must be ≥ 1, got " + lastStep);
        }
        stopAfter = lastStep;
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
     * @throws TrainingDivergedException if a loss or a weight is not finite; no checkpoint of such weights is written
     */
    public StopReason train() throws IOException {
        List<TrainingListener> all = new ArrayList<>(List.of(
                MetricsLog.of(directory.folder()),
                TensorBoardLog.of(directory.folder()),
                SampleGrids.of(directory.folder())));
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
        long total = plan.schedule().steps();
        told.started(new RunStart(plan.toString(), step, total));
        ImageRate rate = new ImageRate(plan.schedule());
        while (step < Math.min(total, stopAfter) && !stopRequested) {
            long began = System.nanoTime();
            Map<String, Double> metrics = training.step(step);
            divergence.check(metrics, step + 1);
            step++;
            double took = (System.nanoTime() - began) / 1e9;
            seconds += took;
            boolean log = step % cadence.log() == 0 || step == total;
            told.stepDone(new StepReport(step, total, log ? metrics : Map.of(), rate.after(took)));
            if (step % cadence.samples() == 0 || step == total) {
                told.samples(new SampleReport(step, fixedSamples(), GRID_COLUMNS));
            }
            if (step % cadence.checkpoint() == 0) {
                save(told);
            }
        }
        if (directory.checkpoints().latest().map(Checkpoint::step).orElse(-1L) != step) {
            save(told);
        }
        StopReason reason =
                step == total ? StopReason.FINISHED : stopRequested ? StopReason.INTERRUPTED : StopReason.STEP_REACHED;
        told.stopped(step, reason);
        return reason;
    }

    private void save(TrainingListener told) throws IOException {
        Map<Part, Map<String, Tensor>> state = training.state();
        divergence.checkState(state, step);
        Feed.Batch latents = fixedLatents(GOLDEN_PER_CLASS);
        Map<String, Tensor> golden = new LinkedHashMap<>();
        golden.put("z", latents.values());
        golden.put("class_weights", latents.classWeights());
        golden.put("image", training.sample(latents));
        if (plan.schedule().hasMovingAverage()) {
            golden.put("image_ema", training.sampleAverage(latents));
        }
        Checkpoint saved;
        try (CheckpointWriter writer = directory.checkpoints().begin(step)) {
            for (Map.Entry<Part, Map<String, Tensor>> part : state.entrySet()) {
                writer.add(part.getKey().fileName() + ENDING, Safetensors.of(part.getValue()));
            }
            writer.add("golden" + ENDING, Safetensors.of(golden));
            saved = writer.commit(JsonNodeFactory.instance
                    .objectNode()
                    .put("seconds", seconds)
                    .put("machine", Machine.describe()));
        }
        told.checkpointSaved(saved);
        directory.checkpoints().prune(cadence.keep(), Set.of());
    }

    private Tensor fixedSamples() {
        Feed.Batch latents = fixedLatents(GRID_COLUMNS);
        return plan.schedule().hasMovingAverage() ? training.sampleAverage(latents) : training.sample(latents);
    }

    private Feed.Batch fixedLatents(int perClass) {
        return DatasetFeed.fixedLatents(plan.data().labels().size(), perClass, latent(plan), plan.seed());
    }

    @Override
    public void close() throws IOException {
        training.close();
        directory.close();
    }
}
