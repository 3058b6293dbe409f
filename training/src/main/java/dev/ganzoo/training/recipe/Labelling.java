package dev.ganzoo.training.recipe;

import dev.ganzoo.training.settings.Check;

/**
 * How many labels a classifier learns from.
 *
 * @param labelled the part of the training set whose labels may be looked at, in (0, 1], at least one of each class; the
 *     other images are not seen. An epoch has as many steps whatever it is, so that runs with more and fewer labels are
 *     alike but for these
 */
public record Labelling(double labelled) {
    /** All there are. */
    public static final Labelling ALL = new Labelling(1);

    /** @throws IllegalArgumentException if the part is out of its range */
    public Labelling {
        Check.that(labelled > 0 && labelled <= 1, "labelled must be in (0, 1]", labelled);
    }
}
