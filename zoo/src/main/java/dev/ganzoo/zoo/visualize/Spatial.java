package dev.ganzoo.zoo.visualize;

/** What of a channel's values at all positions is to grow. */
public enum Spatial {
    /** The greatest, as in the course: the image shows the feature once. */
    MAX,
    /** The mean, as in lucid: the image shows the feature everywhere. */
    MEAN
}
