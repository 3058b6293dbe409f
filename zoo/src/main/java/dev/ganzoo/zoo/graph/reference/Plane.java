package dev.ganzoo.zoo.graph.reference;

/** The last two axes of a tensor of four, at fixed indices of the first two. */
record Plane(double[] data, int start, int height, int width) {
    Plane(DoubleTensor tensor, int first, int second) {
        this(
                tensor.data(),
                (first * tensor.extent(1) + second) * tensor.extent(2) * tensor.extent(3),
                tensor.extent(2),
                tensor.extent(3));
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
