package dev.ganzoo.zoo.graph.rewrite;

/**
 * An algorithm for a 3-tap filter along one axis that multiplies as rarely as possible: outputs = A·((G·filter) ⊙ (B·inputs))
 * for tiles of {@value #TILE} outputs, ⊙ elementwise (Winograd 1980; Lavin and Gray 2016 for convolutions). In two
 * dimensions it is applied along rows and columns, and the numbers multiplied become matrices over channels.
 *
 * <p>How rounding grows depends on the algorithm taken among those with as few products: these were chosen for it.
 *
 * @param output A, of a row an output and a column a product
 * @param filter G, of a row a product
 * @param input B, of a row a product; a tile's inputs begin one before its first output
 * @param inputStep by how many inputs one tile is from the next
 */
record MinimalFiltering(double[][] output, double[][] filter, double[][] input, int inputStep) {
    /** The outputs of a tile. */
    static final int TILE = 4;

    private static final int TAPS = 3;

    /**
     * For inputs as they are: 6 products for 4 outputs, where the filter itself has 12. Of the points at which the Toom–Cook
     * construction takes the values of polynomials, these lose the fewest digits of those tried.
     */
    static final MinimalFiltering PLAIN = toomCook(0, 2 / 3.0, -2 / 3.0, 3 / 2.0, -3 / 2.0);

    /**
     * For inputs of which each is to be repeated once: 5 products for 4 outputs. Of inputs a, b, c, d and with s = w₀ + w₁ + w₂
     * they are (c − a)·w₀, (b + c)/2·s, (c − b)·(w₂ − s/2), (c − b)·(s/2 − w₀) and (d − b)·w₂. All coefficients are exact.
     */
    static final MinimalFiltering REPEATED = new MinimalFiltering(
            new double[][] {{-1, 1, 0, -1, 0}, {0, 1, 1, 0, 0}, {0, 1, 0, 1, 0}, {0, 1, -1, 0, 1}},
            new double[][] {{1, 0, 0}, {1, 1, 1}, {-0.5, -0.5, 0.5}, {-0.5, 0.5, 0.5}, {0, 0, 1}},
            new double[][] {{-1, 0, 1, 0}, {0, 0.5, 0.5, 0}, {0, -1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}},
            TILE / 2);

    /** The number of products a tile. */
    int products() {
        return input.length;
    }

    /** F(4, 3) from five points and infinity. */
    private static MinimalFiltering toomCook(double... points) {
        int products = points.length + 1;
        double[][] output = new double[TILE][products];
        double[][] filter = new double[products][TAPS];
        double[][] input = new double[products][];
        for (int i = 0; i < points.length; i++) {
            double scale = 1;
            for (int j = 0; j < points.length; j++) {
                scale *= j == i ? 1 : points[i] - points[j];
            }
            for (int power = 0; power < TILE; power++) {
                output[power][i] = Math.pow(points[i], power);
            }
            for (int power = 0; power < TAPS; power++) {
                filter[i][power] = Math.pow(points[i], power) / scale;
            }
            input[i] = withRoots(points, i);
        }
        output[TILE - 1][points.length] = 1;
        filter[points.length][TAPS - 1] = 1;
        input[points.length] = withRoots(points, points.length);
        return new MinimalFiltering(output, filter, input, TILE);
    }

    /** The coefficients, lowest first, of the product of z − point over all points but one. */
    private static double[] withRoots(double[] points, int but) {
        double[] coefficients = new double[points.length + 1];
        coefficients[0] = 1;
        for (int i = 0; i < points.length; i++) {
            for (int power = points.length; i != but && power >= 0; power--) {
                double shifted = power == 0 ? 0 : coefficients[power - 1];
                coefficients[power] = shifted - points[i] * coefficients[power];
            }
        }
        return coefficients;
    }

    /**
     * B for all tiles of an axis of {@code inputs} entries with zeros beyond: row {@code product·tiles + tile} of
     * (products·tiles, inputs).
     */
    double[][] inputMatrix(int inputs) {
        int tiles = inputs / inputStep;
        double[][] matrix = new double[products() * tiles][inputs];
        for (int product = 0; product < products(); product++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int k = 0; k < input[product].length; k++) {
                    int at = tile * inputStep + k - 1;
                    if (at >= 0 && at < inputs) {
                        matrix[product * tiles + tile][at] += input[product][k];
                    }
                }
            }
        }
        return matrix;
    }

    /** A for all tiles, its columns in the order of the rows of {@link #inputMatrix}. */
    double[][] outputMatrix(int tiles) {
        double[][] matrix = new double[TILE * tiles][products() * tiles];
        for (int tile = 0; tile < tiles; tile++) {
            for (int row = 0; row < TILE; row++) {
                for (int product = 0; product < products(); product++) {
                    matrix[tile * TILE + row][product * tiles + tile] = output[row][product];
                }
            }
        }
        return matrix;
    }

    /** G for both axes at once: (products², 9), to be applied to flattened 3×3 kernels. */
    double[][] kernelMatrix() {
        int products = products();
        double[][] matrix = new double[products * products][TAPS * TAPS];
        for (int to = 0; to < matrix.length; to++) {
            for (int from = 0; from < TAPS * TAPS; from++) {
                matrix[to][from] = filter[to / products][from / TAPS] * filter[to % products][from % TAPS];
            }
        }
        return matrix;
    }
}
