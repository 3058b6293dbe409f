/**
 * Datasets as plain arrays: found or downloaded, checked, and held as bytes in the order (C, H, W).
 *
 * <p>{@link dev.ganzoo.zoo.data.Datasets} is where to start; {@link dev.ganzoo.zoo.data.BatchOrder} says which samples
 * make up the batch of a training step.
 */
package dev.ganzoo.zoo.data;
