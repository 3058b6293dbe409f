package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ganzoo.training.loss.View;
import dev.ganzoo.zoo.random.Randomness;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The images of one pass, each kind of them made once, when it is first asked for. All arrays belong to one scope. */
final class Gallery implements View.Images.Reading<Shown> {
    private final NDManager scope;
    private final Feed feed;
    private final long index;
    private final Supplier<Shown> fakes;
    private final Augmenter augmenter;
    private final Changes changes;
    private final Randomness randomness;
    private final Map<View.Images, Shown> made = new HashMap<>();

    /**
     * The images of pass {@code index}.
     *
     * @param fakes the generator at work
     * @param augmenter what happens to all images first
     * @param changes what else happens to those of a view
     * @param randomness of all changes and of places between images
     */
    Gallery(
            NDManager scope,
            Feed feed,
            long index,
            Supplier<Shown> fakes,
            Augmenter augmenter,
            Changes changes,
            Randomness randomness) {
        this.scope = scope;
        this.feed = feed;
        this.index = index;
        this.fakes = fakes;
        this.augmenter = augmenter;
        this.changes = changes;
        this.randomness = randomness;
    }

    /** The images of a view. */
    Shown show(View view) {
        return changes.apply(scope, view.change(), of(view.images()), random(view.toString()));
    }

    private Shown of(View.Images images) {
        Shown known = made.get(images);
        if (known == null) {
            known = images.read(this);
            made.put(images, known);
        }
        return known;
    }

    @Override
    public Shown real() {
        return augmented("real", upload(feed.real(index)));
    }

    @Override
    public Shown fake() {
        return augmented("fake", fakes.get());
    }

    @Override
    public Shown between() {
        Shown real = of(View.REAL.images());
        NDArray fake = of(View.FAKE.images()).images();
        RandomGenerator random = random("between");
        float[] parts = new float[real.count()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = random.nextFloat();
        }
        NDArray part = Scopes.copy(parts, new Shape(parts.length, 1, 1, 1), scope);
        NDArray way = Scopes.move(real.images().sub(fake), scope);
        NDArray step = Scopes.move(way.mul(part), scope);
        return new Shown(Scopes.move(fake.add(step), scope), real.classWeights());
    }

    @Override
    public Shown labelled(double fraction) {
        return augmented("labelled", upload(feed.labelled(fraction, index)));
    }

    private Shown augmented(String purpose, Shown shown) {
        return augmenter.apply(scope, shown, random("augmented " + purpose));
    }

    private Shown upload(Feed.Batch batch) {
        return new Shown(
                NetworkValues.upload(scope, batch.values()), NetworkValues.upload(scope, batch.classWeights()));
    }

    private RandomGenerator random(String purpose) {
        return randomness.forPurpose(purpose).at(index);
    }
}
