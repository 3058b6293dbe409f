package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/** How far a search has come. Valid while the listener that was told of it runs. */
public final class Progress {
    private final int step;
    private final int total;
    private final List<String> titles;
    private final float[] objectives;
    private final Supplier<Tensor> images;

    Progress(int step, int total, List<String> titles, float[] objectives, Supplier<Tensor> images) {
        this.step = step;
        this.total = total;
        this.titles = titles;
        this.objectives = objectives;
        this.images = images;
    }

    /** The step just taken, from 1. */
    public int step() {
        return step;
    }

    /** How many were asked for. */
    public int total() {
        return total;
    }

    /** The objective of each image before this step, as the network saw it: shifted, turned and enlarged as asked for. */
    public float[] objectives() {
        return objectives.clone();
    }

    /** The mean of {@link #objectives}. */
    public double meanObjective() {
        double sum = 0;
        for (float objective : objectives) {
            sum += objective;
        }
        return sum / objectives.length;
    }

    /** The images after this step, {@code (N, C, H, W)} in [0, 1]: a copy, computed when asked for. */
    public Tensor images() {
        return images.get();
    }

    /** {@link #images} in one picture with their titles, as {@link Visualization#grid}. */
    public ImageGrid grid() {
        return Pictures.grid(images(), titles);
    }
}
