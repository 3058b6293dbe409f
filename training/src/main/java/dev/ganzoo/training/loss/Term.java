package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/**
 * Something that the networks want besides their objective: an auxiliary task, or a penalty. Implementations are records
 * whose components are numbers, booleans and enums: the settings of the term, by names that are telling on their own.
 *
 * <p>A loss that is absent costs nothing; a term whose weights are zero has none.
 */
public interface Term {
    /** What metrics and {@code recipe.json} call it, for example {@code rotation}. */
    String name();

    /** What the discriminator makes small besides, already weighted. */
    default Optional<Node> discriminatorLoss(Judge judge) {
        return Optional.empty();
    }

    /** What the generator makes small besides, already weighted. */
    default Optional<Node> generatorLoss(Judge judge) {
        return Optional.empty();
    }
}
