package dev.ganzoo.zoo.classifier;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * What one pass forward and back gives.
 *
 * @param logits {@code (N, K)}
 * @param objective the value of each image's objective, {@code (N)}
 * @param gradient of the sum of all objectives with respect to the images, {@code (N, C, H, W)}: since each objective
 *     depends on its image alone, the gradient of each
 */
public record Evaluation(Tensor logits, Tensor objective, Tensor gradient) {}
