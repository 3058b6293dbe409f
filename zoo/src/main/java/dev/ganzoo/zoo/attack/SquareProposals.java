package dev.ganzoo.zoo.attack;

import java.util.random.RandomGenerator;

/** Perturbed images to try. */
interface SquareProposals {
    /** Where to begin. */
    float[] first(RandomGenerator random, float[] original);

    /** {@code current} changed in a random square of about {@code part} of the image. */
    float[] next(RandomGenerator random, float[] original, float[] current, double part);
}
