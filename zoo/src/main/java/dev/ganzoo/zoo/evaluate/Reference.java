package dev.ganzoo.zoo.evaluate;

import java.nio.file.Path;

/** What samples are compared with. */
sealed interface Reference {
    /** Images. */
    record Images(ImageSource images) implements Reference {}

    /** Images that are looked up when they are needed. */
    record Named(String name) implements Reference {}

    /** The mean and covariance of features, in an {@code .npz} file. */
    record Statistics(Path file) implements Reference {}
}
