package dev.ganzoo.zoo.graph.reference;

import java.util.function.BiConsumer;

/** The last two axes of a tensor of four, at fixed indices of the first two. */
record Plane(double[] data, int start, int height, int width) {
    Plane(DoubleTensor tensor, int first, int second) {
        this(
                tensor.data(),
                (first * tensor.extent(1) + second) * tensor.extent(2) * tensor.extent(3),
                tensor.extent(2),
                tensor.extent(3));
    }

    /** Does {@code work} for each plane of {@code x} and that of {@code out} at the same place; returns {@code out}. */
    static DoubleTensor each(DoubleTensor x, DoubleTensor out, BiConsumer<Plane, Plane> work) {
        for (int n = 0; n < x.extent(0); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                work.accept(new Plane(x, n, c), new Plane(out, n, c));
            }
        }
        return out;
    }

    boolean contains(int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width;
    }

    double get(int row, int column) {
        return data[start + row * width + column];
    }

    void set(int row, int column, double value) {
        data[start + row * width + column] = value;
    }

    void add(int row, int column, double value) {
        data[start + row * width + column] += value;
    }
}
