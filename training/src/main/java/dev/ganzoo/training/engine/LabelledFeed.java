package dev.ganzoo.training.engine;

/** What a classifier sees in training, each batch a function of its index. */
@FunctionalInterface
public interface LabelledFeed {
    /** The {@code index}-th batch of images with their classes, counted over the whole run. */
    Feed.Batch batch(long index);
}
