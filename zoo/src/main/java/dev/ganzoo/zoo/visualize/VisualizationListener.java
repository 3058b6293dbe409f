package dev.ganzoo.zoo.visualize;

/** Follows a search while it runs, and may end it. */
@FunctionalInterface
public interface VisualizationListener {
    /**
     * Told after each step, on the thread that runs the search.
     *
     * @return whether to go on; if not, the result is what has been reached
     */
    boolean stepped(Progress progress);
}
