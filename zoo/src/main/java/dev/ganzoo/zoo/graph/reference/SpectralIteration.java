package dev.ganzoo.zoo.graph.reference;

/** The matrix W (rows, columns) between its left vector u (rows) and its right vector v (columns). */
record SpectralIteration(DoubleTensor matrix, double[] u, double[] v) {
    /** One power iteration: v ← Wᵀu / ‖Wᵀu‖, then u ← W v / ‖W v‖. */
    SpectralIteration next(double epsilon) {
        double[] nextV = normalized(transposeTimes(u), epsilon);
        double[] nextU = normalized(times(nextV), epsilon);
        return new SpectralIteration(matrix, nextU, nextV);
    }

    /** σ = uᵀ·W·v. */
    double sigma() {
        return dot(u, times(v));
    }

    private double[] times(double[] right) {
        double[] product = new double[matrix.extent(0)];
        for (int i = 0; i < matrix.size(); i++) {
            product[i / matrix.extent(1)] += matrix.data()[i] * right[i % matrix.extent(1)];
        }
        return product;
    }

    private double[] transposeTimes(double[] left) {
        double[] product = new double[matrix.extent(1)];
        for (int i = 0; i < matrix.size(); i++) {
            product[i % matrix.extent(1)] += matrix.data()[i] * left[i / matrix.extent(1)];
        }
        return product;
    }

    private static double[] normalized(double[] vector, double epsilon) {
        double length = Math.max(Math.sqrt(dot(vector, vector)), epsilon);
        double[] unit = vector.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= length;
        }
        return unit;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
