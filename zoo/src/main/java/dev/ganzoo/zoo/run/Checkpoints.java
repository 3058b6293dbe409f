package dev.ganzoo.zoo.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The checkpoints of a run: one folder {@code checkpoints/step-NNNNNNNN} each, which is there whole or not at all.
 *
 * <p>Every call looks at the disk. Reading is safe while another process writes.
 *
 * @param folder where they are; it need not exist
 */
public record Checkpoints(Path folder) {
    /** The checkpoints of the run in {@code runFolder}; there may be none yet. */
    public static Checkpoints of(Path runFolder) {
        return new RunFiles(runFolder).checkpoints();
    }

    /**
     * Begins a checkpoint after {@code step} steps; it becomes visible with {@link CheckpointWriter#commit}.
     *
     * @throws IllegalArgumentException if the step is negative
     * @throws IllegalStateException if the checkpoint exists
     */
    public CheckpointWriter begin(long step) throws IOException {
        Path target = folder.resolve(Steps.name(step));
        if (Files.exists(target)) {
            throw new IllegalStateException(target + " must not be written again, but it exists");
        }
        return CheckpointWriter.begin(step, target);
    }

    /** The steps of which there is a checkpoint, ascending. */
    public List<Long> steps() throws IOException {
        List<Long> steps = new ArrayList<>();
        for (Path entry : Folders.list(folder)) {
            OptionalLong step = Steps.parse(entry.getFileName().toString(), "");
            if (step.isPresent() && Files.isDirectory(entry)) {
                steps.add(step.getAsLong());
            }
        }
        steps.sort(Comparator.naturalOrder());
        return steps;
    }

    /**
     * The checkpoint of the highest step, or nothing if there is none.
     *
     * @throws IOException if its {@code state.json} is missing or damaged
     */
    public Optional<Checkpoint> latest() throws IOException {
        List<Long> steps = steps();
        return steps.isEmpty() ? Optional.empty() : Optional.of(at(steps.get(steps.size() - 1)));
    }

    /**
     * The checkpoint after {@code step} steps.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that are there
     * @throws IOException if its {@code state.json} is missing or damaged
     */
    public Checkpoint at(long step) throws IOException {
        List<Long> steps = steps();
        if (!steps.contains(step)) {
            throw new IllegalArgumentException("%s has no checkpoint of step %d (there are: %s)"
                    .formatted(folder, step, steps.isEmpty() ? "none" : Steps.join(steps)));
        }
        return Checkpoint.open(step, folder.resolve(Steps.name(step)));
    }

    /**
     * Deletes all but the newest checkpoints.
     *
     * @param keep how many of the newest stay, at least 1
     * @param protectedSteps steps that stay however old, and do not count
     * @return the steps that were deleted, ascending
     */
    public List<Long> prune(int keep, Set<Long> protectedSteps) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("the number of checkpoints to keep must be ≥ 1, got " + keep);
        }
        List<Long> candidates = new ArrayList<>(steps());
        candidates.removeAll(protectedSteps);
        List<Long> gone = List.copyOf(candidates.subList(0, Math.max(0, candidates.size() - keep)));
        for (long step : gone) {
            delete(step);
        }
        return gone;
    }

    /** Hides the checkpoint before it is taken apart, so that nobody sees a part of it. */
    private void delete(long step) throws IOException {
        Path checkpoint = folder.resolve(Steps.name(step));
        Path hidden = AtomicFiles.partialOf(checkpoint);
        Files.move(checkpoint, hidden, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(hidden);
    }
}
