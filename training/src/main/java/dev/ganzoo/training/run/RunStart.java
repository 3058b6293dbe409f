package dev.ganzoo.training.run;

/**
 * The beginning of a run, or of its continuation.
 *
 * @param title what is trained, for people: {@code sngan-proj on cifar10}
 * @param step how many steps were done before, 0 for a new run
 * @param totalSteps how many there will be in the end
 */
public record RunStart(String title, long step, long totalSteps) {}
