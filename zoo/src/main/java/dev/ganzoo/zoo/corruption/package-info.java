/** Images made worse on purpose and by degrees, to see whether a measure of quality notices. */
package dev.ganzoo.zoo.corruption;
