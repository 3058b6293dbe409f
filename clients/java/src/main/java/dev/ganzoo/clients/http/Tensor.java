package dev.ganzoo.clients.http;

/**
 * Images as the network gives them. The arrays are not copied.
 *
 * @param shape {@code (N, C, H, W)}
 * @param data values in [-1, 1], the last dimension's neighbours next to each other
 */
public record Tensor(int[] shape, float[] data) {}
