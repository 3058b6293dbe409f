package dev.ganzoo.zoo.metrics;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * Products, factors and singular values of matrices of doubles, by BLAS and LAPACK in Java: the same numbers whatever
 * native libraries a machine has. Products use all cores.
 *
 * <p>Matrices are column-major if not said otherwise.
 */
final class LinearAlgebra {
    private static final int PANEL = 256;

    private static final JavaBLAS BLAS = quietly("blas", JavaBLAS::getInstance);
    private static final JavaLAPACK LAPACK = quietly("lapack", JavaLAPACK::getInstance);

    private LinearAlgebra() {}

    /** A matrix (rows, columns) F with F Fᵀ = the covariance that it is a factor of. */
    record Factor(double[] values, int rows, int columns) {}

    /**
     * Row-major (rowsA, rowsB): every row of {@code a} times every row of {@code b}, both row-major and {@code width}
     * wide. On the calling thread alone.
     */
    static double[] rowProducts(double[] a, int rowsA, double[] b, int rowsB, int width) {
        double[] products = new double[rowsA * rowsB];
        if (products.length > 0) {
            BLAS.dgemm("T", "N", rowsB, rowsA, width, 1, b, width, a, width, 0, products, rowsB);
        }
        return products;
    }

    /**
     * Adds the sum of xᵀx over the {@code count} rows x of {@code rows} to {@code scatter} (width, width), of which only
     * the triangle with row ≥ column, and some more, is kept up to date.
     */
    static void addScatter(double[] rows, int count, int width, double[] scatter) {
        int panels = (width + PANEL - 1) / PANEL;
        IntStream.range(0, panels * panels)
                .parallel()
                .filter(pair -> pair / panels >= pair % panels)
                .forEach(pair -> {
                    int i = pair / panels * PANEL, j = pair % panels * PANEL;
                    int height = Math.min(PANEL, width - i), breadth = Math.min(PANEL, width - j);
                    BLAS.dgemm(
                            "N",
                            "T",
                            height,
                            breadth,
                            count,
                            1,
                            rows,
                            i,
                            width,
                            rows,
                            j,
                            width,
                            1,
                            scatter,
                            i + j * width,
                            width);
                });
    }

    /**
     * A factor of the symmetric positive semi-definite {@code matrix} (size, size): Cholesky's if it is safely of full
     * rank, else that of its eigenvectors, without those whose eigenvalues are zero but for rounding.
     */
    static Factor factor(double[] matrix, int size) {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, matrix[i * size + i]);
        }
        double[] triangle = matrix.clone();
        intW info = new intW(0);
        LAPACK.dpotrf("L", size, triangle, size, info);
        double smallest = info.val == 0 ? Double.POSITIVE_INFINITY : 0;
        for (int j = 0; j < size; j++) {
            smallest = Math.min(smallest, triangle[j * size + j] * triangle[j * size + j]);
            Arrays.fill(triangle, j * size, j * size + j, 0);
        }
        return smallest > rounding(size) * largest ? new Factor(triangle, size, size) : eigenFactor(matrix, size);
    }

    private static Factor eigenFactor(double[] matrix, int size) {
        double[] values = new double[size], vectors = new double[size * size];
        intW found = new intW(0), info = new intW(0);
        int[] support = new int[2 * size];
        double[] work = new double[40 * size];
        int[] integers = new int[20 * size];
        LAPACK.dsyevr(
                "V",
                "A",
                "L",
                size,
                matrix.clone(),
                size,
                0,
                0,
                0,
                0,
                0,
                found,
                values,
                vectors,
                size,
                support,
                work,
                work.length,
                integers,
                integers.length,
                info);
        check("dsyevr", info);
        double threshold = rounding(size) * Math.max(0, values[size - 1]);
        int first = 0;
        while (first < size && values[first] <= threshold) {
            first++;
        }
        for (int j = first; j < size; j++) {
            double scale = Math.sqrt(values[j]);
            for (int i = 0; i < size; i++) {
                vectors[j * size + i] *= scale;
            }
        }
        return new Factor(Arrays.copyOfRange(vectors, first * size, size * size), size, size - first);
    }

    /** The sum of the singular values of AᵀB, for two factors with equally many rows. */
    static double nuclearNormOfProduct(Factor a, Factor b) {
        if (a.columns == 0 || b.columns == 0) {
            return 0;
        }
        int size = a.rows;
        double[] product = new double[a.columns * b.columns];
        int panels = (b.columns + PANEL - 1) / PANEL;
        IntStream.range(0, panels).parallel().forEach(panel -> {
            int from = panel * PANEL, count = Math.min(PANEL, b.columns - from);
            BLAS.dgemm(
                    "T",
                    "N",
                    a.columns,
                    count,
                    size,
                    1,
                    a.values,
                    0,
                    size,
                    b.values,
                    from * size,
                    size,
                    0,
                    product,
                    from * a.columns,
                    a.columns);
        });
        return Arrays.stream(singularValues(product, a.columns, b.columns)).sum();
    }

    /** Overwrites {@code matrix}. */
    private static double[] singularValues(double[] matrix, int rows, int columns) {
        int count = Math.min(rows, columns);
        double[] values = new double[count], none = new double[1], size = new double[1];
        int[] integers = new int[8 * count];
        intW info = new intW(0);
        LAPACK.dgesdd("N", rows, columns, matrix, rows, values, none, 1, none, 1, size, -1, integers, info);
        double[] work = new double[(int) size[0]];
        LAPACK.dgesdd("N", rows, columns, matrix, rows, values, none, 1, none, 1, work, work.length, integers, info);
        check("dgesdd", info);
        return values;
    }

    private static void check(String routine, intW info) {
        if (info.val != 0) {
            throw new ArithmeticException("lapack's " + routine + " must converge, got info " + info.val);
        }
    }

    private static double rounding(int size) {
        return size * Math.ulp(1.0);
    }

    /** Loads the library without its search for native code, which would unpack files, and without its log of that. */
    private static <T> T quietly(String library, Supplier<T> instance) {
        String property = "dev.ludovic.netlib." + library + ".allowNative";
        String allowed = System.getProperty(property);
        Logger logger = Logger.getLogger("dev.ludovic.netlib." + library + ".InstanceBuilder");
        Level level = logger.getLevel();
        System.setProperty(property, "false");
        logger.setLevel(Level.WARNING);
        try {
            return instance.get();
        } finally {
            logger.setLevel(level);
            if (allowed == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, allowed);
            }
        }
    }
}
