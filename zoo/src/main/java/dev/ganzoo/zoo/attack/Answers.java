package dev.ganzoo.zoo.attack;

/**
 * What the network answered for some images of a batch; null for images that were not asked about.
 *
 * @param logits by image, then class
 * @param values of the objective, by image
 * @param gradients of the objective, by image, then value (C, H, W)
 */
public record Answers(float[][] logits, float[] values, float[][] gradients) {}
