/** What a training run has come to, as a page. */
package dev.ganzoo.training.report;
