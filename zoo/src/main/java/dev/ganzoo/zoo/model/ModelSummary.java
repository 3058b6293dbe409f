package dev.ganzoo.zoo.model;

import java.util.Optional;

/**
 * One line of the list of models.
 *
 * @param name to load it by
 * @param card what it is; empty if the package is broken
 * @param location where it lies: a path, or {@code classpath:…}
 * @param problem why it cannot be loaded; empty if the card reads (files are verified on loading)
 */
public record ModelSummary(String name, Optional<ModelCard> card, String location, Optional<String> problem) {}
