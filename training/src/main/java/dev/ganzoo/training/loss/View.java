package dev.ganzoo.training.loss;

import dev.ganzoo.training.augmentation.Change;
import dev.ganzoo.training.settings.Check;

/**
 * Images that the discriminator is shown: where they come from, and how they are changed before. Immutable.
 *
 * @param images where they come from
 * @param change what happens to them first; {@link Change#NONE} for nothing
 */
public record View(Images images, Change change) {
    /** Images of the training set. */
    public static final View REAL = new View(new Images.Real(), Change.NONE);

    /** Images of the generator. */
    public static final View FAKE = new View(new Images.Fake(), Change.NONE);

    /** Images at random places on the lines from fake to real ones, with the real ones' classes. */
    public static final View BETWEEN = new View(new Images.Between(), Change.NONE);

    /**
     * Images of that part of the training set whose labels may be looked at.
     *
     * @param fraction how large a part it is, in (0, 1]; as many of each class as can be, and at least one
     */
    public static View labelled(double fraction) {
        return new View(new Images.Labelled(fraction), Change.NONE);
    }

    /** The same images under another change. */
    public View under(Change newChange) {
        return new View(images, newChange);
    }

    /** For example {@code real} or {@code fake turned}. */
    @Override
    public String toString() {
        return (images + " " + change.name()).strip();
    }

    /** Where images come from. */
    public sealed interface Images {
        /** Dispatches to the method of {@code reading} for this kind. */
        <R> R read(Reading<R> reading);

        /** The next batch of the training set. */
        record Real() implements Images {
            @Override
            public <R> R read(Reading<R> reading) {
                return reading.real();
            }

            @Override
            public String toString() {
                return "real";
            }
        }

        /** What the generator makes of fresh latents. */
        record Fake() implements Images {
            @Override
            public <R> R read(Reading<R> reading) {
                return reading.fake();
            }

            @Override
            public String toString() {
                return "fake";
            }
        }

        /** x̂ = εx + (1 − ε)·G(z) with ε uniform in [0, 1) for each image (Gulrajani et al. 2017, algorithm 1). */
        record Between() implements Images {
            @Override
            public <R> R read(Reading<R> reading) {
                return reading.between();
            }

            @Override
            public String toString() {
                return "between";
            }
        }

        /** The next batch of the labelled part of the training set. */
        record Labelled(double fraction) implements Images {
            /** @throws IllegalArgumentException if the fraction is out of its range */
            public Labelled {
                Check.that(fraction > 0 && fraction <= 1, "labelled must be in (0, 1]", fraction);
            }

            @Override
            public <R> R read(Reading<R> reading) {
                return reading.labelled(fraction);
            }

            @Override
            public String toString() {
                return "labelled";
            }
        }

        /** A rule for each kind. */
        interface Reading<R> {
            /** The rule for {@link Real}. */
            R real();

            /** The rule for {@link Fake}. */
            R fake();

            /** The rule for {@link Between}. */
            R between();

            /** The rule for {@link Labelled}. */
            R labelled(double fraction);
        }
    }
}
