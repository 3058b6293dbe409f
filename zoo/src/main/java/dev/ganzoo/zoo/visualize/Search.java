package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run of a request: all images take a step, batch by batch, then all take the next. Images do not touch each other, so
 * those of a batch are computed side by side.
 */
final class Search {
    private static final long MOST_FRAME_BYTES = 1L << 28;
    private static final int FRAMES = 24;

    private final VisualizationRequest request;
    private final VisualizationRequest.Options options;
    private final Settings settings;
    private final ImageShape shape;
    private final int count;
    private final Parameterization space;
    private final Randomness randomness;
    private final float[][] parameters;
    private final Updates[] updates;
    private final boolean[] moved;
    private final List<byte[]> frames = new ArrayList<>();
    private final int framesKept;

    Search(VisualizationRequest request) {
        this.request = request;
        this.options = request.options;
        this.settings = options.settings();
        this.shape = request.source.classifier().shape();
        this.count = request.target.count();
        this.space = Parameterization.of(settings.space, shape.channels(), shape.height(), shape.width());
        this.randomness = Randomness.of(options.seed()).forPurpose("visualization transformation");
        this.framesKept = framesKept();
        this.parameters =
                Starts.parameters(settings.start, count, shape, request.source.meanImage(), space, options.seed());
        this.updates = new Updates[count];
        Arrays.setAll(updates, n -> Updates.of(settings, space.size()));
        this.moved = new boolean[count];
    }

    Visualization run() {
        List<float[]> curve = new ArrayList<>();
        List<String> titles = request.target.titles();
        keepFrame();
        int step = 0;
        boolean goOn = true;
        while (goOn && step < settings.steps) {
            step++;
            float[] objectives = step(step);
            curve.add(objectives);
            boolean isFrame =
                    (long) step * (framesKept - 1) / settings.steps > (step - 1L) * (framesKept - 1) / settings.steps;
            if (isFrame) {
                keepFrame();
            }
            goOn = options.listener().stepped(new Progress(step, settings.steps, titles, objectives, this::images));
        }
        Tensor images = images();
        curve.add(finalObjectives(images));
        return new Visualization(request, images, curve, moved, frames);
    }

    private float[] step(int step) {
        Resampling.Range range = settings.transformations(shape.height(), shape.width());
        Resampling resampling =
                range.isNone() ? null : Resampling.draw(randomness.at(step), range, shape.height(), shape.width());
        float[] objectives = new float[count];
        for (int from = 0; from < count; from += options.batch()) {
            int first = from;
            int batch = Math.min(options.batch(), count - from);
            float[][] pixels = new float[batch][];
            Tensor seen = Tensor.zeros(shape.batch(batch));
            IntStream.range(0, batch).parallel().forEach(n -> {
                pixels[n] = space.pixels(parameters[first + n]);
                float[] moved = resampling == null ? pixels[n] : resampling.apply(pixels[n]);
                System.arraycopy(moved, 0, seen.data(), n * shape.values(), shape.values());
            });
            LayerEvaluation evaluation = request.target.evaluate(seen, from, settings.spatial);
            System.arraycopy(evaluation.values().data(), 0, objectives, from, batch);
            IntStream.range(0, batch)
                    .parallel()
                    .forEach(n -> update(step, first + n, pixels[n], resampling, slice(evaluation.gradient(), n)));
        }
        checkFinite(objectives, step);
        return objectives;
    }

    private void update(int step, int n, float[] pixels, Resampling resampling, float[] seenGradient) {
        float[] gradient = resampling == null ? seenGradient : resampling.adjoint(seenGradient);
        for (float value : gradient) {
            if (!Float.isFinite(value)) {
                throw notFinite("gradient", n, step);
            }
            moved[n] |= value != 0;
        }
        for (Penalty penalty : Penalty.values()) {
            float weight = (float) settings.weight(penalty);
            if (weight > 0) {
                penalty.add(pixels, shape.height(), shape.width(), -weight, gradient);
            }
        }
        updates[n].apply(parameters[n], space.pullBack(pixels, gradient), step);
        space.project(parameters[n]);
    }

    private float[] finalObjectives(Tensor images) {
        float[] objectives = new float[count];
        for (int from = 0; from < count; from += options.batch()) {
            int batch = Math.min(options.batch(), count - from);
            float[] part = Arrays.copyOfRange(images.data(), from * shape.values(), (from + batch) * shape.values());
            LayerEvaluation evaluation =
                    request.target.evaluate(new Tensor(shape.batch(batch), part), from, settings.spatial);
            System.arraycopy(evaluation.values().data(), 0, objectives, from, batch);
        }
        checkFinite(objectives, settings.steps);
        return objectives;
    }

    private Tensor images() {
        Tensor images = Tensor.zeros(shape.batch(count));
        IntStream.range(0, count).parallel().forEach(n -> {
            float[] pixels = space.pixels(parameters[n]);
            System.arraycopy(pixels, 0, images.data(), n * shape.values(), shape.values());
        });
        return images;
    }

    private void keepFrame() {
        frames.add(UnitImages.bytes(images()));
    }

    private int framesKept() {
        long most = MOST_FRAME_BYTES / ((long) count * shape.values());
        if (options.frames() > most) {
            throw new InvalidRequestException(
                    "frames",
                    "frames of %d images must be at most %d to be kept in memory, got %d"
                            .formatted(count, most, options.frames()));
        }
        return options.frames() > 0 ? options.frames() : (int) Math.max(2, Math.min(FRAMES, most));
    }

    private float[] slice(Tensor tensor, int n) {
        return Arrays.copyOfRange(tensor.data(), n * shape.values(), (n + 1) * shape.values());
    }

    private void checkFinite(float[] objectives, int step) {
        for (int n = 0; n < objectives.length; n++) {
            if (!Float.isFinite(objectives[n])) {
                throw notFinite("objective", n, step);
            }
        }
    }

    private ArithmeticException notFinite(String what, int n, int step) {
        return new ArithmeticException("%s of %s is not finite at step %d; try a lower rate than %s"
                .formatted(what, request.target.titles().get(n), step, settings.rate));
    }
}
