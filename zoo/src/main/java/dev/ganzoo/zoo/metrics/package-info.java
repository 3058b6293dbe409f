/**
 * Measures of generated images, as functions of arrays: of features and logits that a network made of images (Fréchet
 * distance, inception score, kernel distance, precision and recall, density and coverage), and of the images themselves
 * (MS-SSIM, sliced Wasserstein distance). What the numbers mean depends on the network; none is known here.
 */
package dev.ganzoo.zoo.metrics;
