package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/**
 * Learning to classify from few labels beside the game (Odena 2016; Salimans et al. 2016, section 5): the discriminator
 * tells the classes of a batch of labelled images from its output {@code class_logits}. That has one logit a class where the
 * real/fake logit is a head of its own or stacked upon the classes, and one more where fake is a class too.
 *
 * @param labelledClasses the weight of telling the classes, &gt; 0; published: 1
 * @param labelled the part of the training set whose labels may be looked at, in (0, 1]; at least one of each class
 */
public record LabelledImages(double labelledClasses, double labelled) implements Term {
    /** @throws IllegalArgumentException if a value is out of its range, naming it */
    public LabelledImages {
        Check.rate("labelledClasses", labelledClasses);
        Check.that(labelled > 0 && labelled <= 1, "labelled must be in (0, 1]", labelled);
    }

    @Override
    public String name() {
        return "labelled";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.of(
                labelledClasses, () -> judge.on(View.labelled(labelled)).classLoss());
    }
}
