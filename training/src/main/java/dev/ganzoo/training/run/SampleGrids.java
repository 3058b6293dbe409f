package dev.ganzoo.training.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Folders;
import dev.ganzoo.zoo.image.Gif;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.run.RunFiles;
import dev.ganzoo.zoo.run.Steps;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * {@code samples/step-NNNNNNNN.png}, a grid for each time samples were made, with the names of classes before their rows,
 * and {@code progress.gif}, all of them one after the other.
 *
 * <p>The GIF is made anew when the run stops and at every tenth grid, of at most {@value #MAX_FRAMES} of them, evenly
 * spread. When a run goes on from step K, the grids beyond K are deleted.
 */
public final class SampleGrids implements TrainingListener {
    /** The name of the animation in a run directory. */
    public static final String GIF = "progress.gif";

    private static final int MAX_FRAMES = 100;
    private static final int GRIDS_PER_GIF = 10;
    private static final Duration FRAME = Duration.ofMillis(150);

    private final Path samples;
    private final Path gif;
    private int sinceGif;

    private SampleGrids(Path runFolder) {
        this.samples = new RunFiles(runFolder).samples();
        this.gif = runFolder.resolve(GIF);
    }

    /** The grids of the run in {@code runFolder}. */
    public static SampleGrids of(Path runFolder) {
        return new SampleGrids(runFolder);
    }

    /** The grids of the run in {@code runFolder} by their steps, ascending. */
    public static SortedMap<Long, Path> files(Path runFolder) throws IOException {
        SortedMap<Long, Path> files = new TreeMap<>();
        for (Path grid : of(runFolder).grids()) {
            files.put(step(grid).getAsLong(), grid);
        }
        return files;
    }

    @Override
    public void started(RunStart start) throws IOException {
        for (Path grid : grids()) {
            if (step(grid).getAsLong() > start.step()) {
                Files.delete(grid);
            }
        }
    }

    @Override
    public void samples(SampleReport report) throws IOException {
        AtomicFiles.write(samples.resolve(Steps.name(report.step()) + ".png"), Png.encode(report.grid()));
        if (++sinceGif >= GRIDS_PER_GIF) {
            writeGif();
        }
    }

    @Override
    public void stopped(long step, StopReason reason) throws IOException {
        if (sinceGif > 0) {
            writeGif();
        }
    }

    private void writeGif() throws IOException {
        List<BufferedImage> frames = new ArrayList<>();
        for (Path grid : thinned(grids(), MAX_FRAMES)) {
            BufferedImage frame = ImageIO.read(grid.toFile());
            if (frame == null) {
                throw new IOException(grid + " must be a PNG, but it cannot be decoded");
            }
            frames.add(frame);
        }
        // A run that began before its grids had names goes on with larger ones, and an animation has one size.
        BufferedImage newest = frames.get(frames.size() - 1);
        frames.removeIf(frame -> frame.getWidth() != newest.getWidth() || frame.getHeight() != newest.getHeight());
        AtomicFiles.write(gif, Gif.encode(frames, FRAME));
        sinceGif = 0;
    }

    /** At most {@code count} of the items, evenly spread, the first and the last among them. */
    public static <T> List<T> thinned(List<T> items, int count) {
        if (items.size() <= count) {
            return items;
        }
        List<T> kept = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            kept.add(items.get((int) ((long) i * (items.size() - 1) / (count - 1))));
        }
        return kept;
    }

    private List<Path> grids() throws IOException {
        return Folders.list(samples).stream()
                .filter(file -> step(file).isPresent())
                .toList();
    }

    private static OptionalLong step(Path file) {
        return Steps.parse(file.getFileName().toString(), ".png");
    }
}
