/**
 * Feature visualisation: images that make a class, a channel, a neuron or a direction of a classifier respond most, found
 * by following the gradient of that response (Erhan et al. 2009; Olah, Mordvintsev and Schubert, Feature Visualization,
 * Distill 2017).
 *
 * <p>{@link dev.ganzoo.zoo.visualize.Visualizer} is where to start; {@link dev.ganzoo.zoo.visualize.Presets} lists the
 * ways to search. Networks are seen through {@link dev.ganzoo.zoo.visualize.VisualizationSource}. Pixels are in [0, 1]
 * throughout.
 */
package dev.ganzoo.zoo.visualize;
