/**
 * Adversarial perturbation of images against any {@link dev.ganzoo.zoo.classifier.ClassifierNetwork}: attacks as values in
 * one registry ({@link dev.ganzoo.zoo.attack.Attacks}), a fluent request for their application to images ({@link
 * dev.ganzoo.zoo.attack.AttackRequest}), and the evaluation of a classifier's accuracy under them ({@link
 * dev.ganzoo.zoo.attack.RobustnessRequest}).
 *
 * <p>Pixels are in [0, 1] throughout, and so are ε and step sizes: {@code 8/255} is eight steps of an 8-bit image.
 */
package dev.ganzoo.zoo.attack;
