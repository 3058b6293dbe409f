/**
 * The files of a training run that more than one room uses: what training writes there, export, evaluation and reports
 * read.
 */
package dev.ganzoo.zoo.run;
