package dev.ganzoo.training.engine;

import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.zoo.random.Randomness;
import java.util.function.LongFunction;

/**
 * One of the two that learn.
 *
 * @param learner the network and its optimizer
 * @param aim what it makes small
 * @param loss the aim's graph, on the weights of the network
 * @param learningRate at the start
 * @param latents by the number of the pass
 * @param randomness of its passes
 */
record Player(
        Learner learner,
        Aim aim,
        Network loss,
        double learningRate,
        LongFunction<Feed.Batch> latents,
        Randomness randomness) {
    static Player of(
            Learner learner, Aim aim, double learningRate, LongFunction<Feed.Batch> latents, Randomness randomness) {
        Network network = learner.network();
        return new Player(
                learner,
                aim,
                network.sharing(aim.graph()),
                learningRate,
                latents,
                randomness.forPurpose(network.graph().name()));
    }

    /** What dropout draws from in a pass. */
    Randomness noise(long pass) {
        return randomness.forPurpose("dropout").forPurpose(Long.toString(pass));
    }

    Network network() {
        return learner.network();
    }
}
