/**
 * A training run on the disk and what is told about it while it goes on: the run directory, the logs, the sample grids, and
 * the display on the terminal. Nothing here knows how a network is trained.
 */
package dev.ganzoo.training.run;
