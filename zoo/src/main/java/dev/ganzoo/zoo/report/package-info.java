/** What a dataset looks like, as a page: classes, mean images, channels, near-duplicates, and how its splits compare. */
package dev.ganzoo.zoo.report;
