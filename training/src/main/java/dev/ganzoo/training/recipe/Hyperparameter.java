package dev.ganzoo.training.recipe;

/**
 * A setting of a plan as people are shown it.
 *
 * @param name what {@link TrainingPlan#with} knows it by
 * @param value its value as text, {@code (none)} for an empty list
 * @param choices the values that it may have if they are few, as text: {@code none, linear}, or {@code any of color, flip} for
 *     a list; otherwise empty
 */
public record Hyperparameter(String name, String value, String choices) {}
