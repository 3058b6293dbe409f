package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The squared maximum mean discrepancy with the kernel k(a, b) = (a·b / width + 1)³ (Bińkowski et al. 2018, section 3 and
 * appendix D), with features of Inception the kernel inception distance, KID. Its expectation does not depend on the number
 * of images, and it is 0 for equal distributions, around which single values lie, also below.
 */
public final class KernelDistance {
    /** As torch-fidelity has it. */
    public static final int SUBSETS = 100;

    /** As torch-fidelity has it. */
    public static final int SUBSET_SIZE = 1000;

    private static final int PANEL = 256;

    private KernelDistance() {}

    /**
     * Mean and standard deviation of the unbiased estimates of random subsets.
     *
     * @param subsets ≥ 1; {@link #SUBSETS} by custom
     * @param subsetSize rows of each subset, drawn without replacement: in 2..N of the smaller set;
     *     {@link #SUBSET_SIZE} by custom
     * @param seed of the drawing
     */
    public static Score of(Features real, Features fake, int subsets, int subsetSize, long seed) {
        Features.checkWidths(real, fake);
        int smaller = Math.min(real.rows(), fake.rows());
        if (subsetSize < 2 || subsetSize > smaller) {
            throw new IllegalArgumentException(
                    "subset size must be in 2..%d, the number of images of the smaller set, got %d"
                            .formatted(smaller, subsetSize));
        }
        if (subsets < 1) {
            throw new IllegalArgumentException("subsets must be >= 1, got " + subsets);
        }
        Randomness randomness = Randomness.of(seed).forPurpose("kernel distance");
        Randomness realRows = randomness.forPurpose("real"), fakeRows = randomness.forPurpose("fake");
        double[] estimates = new double[subsets];
        for (int i = 0; i < subsets; i++) {
            estimates[i] = between(
                    real.select(RandomRows.choose(real.rows(), subsetSize, realRows.at(i))),
                    fake.select(RandomRows.choose(fake.rows(), subsetSize, fakeRows.at(i))));
        }
        return Score.of(estimates);
    }

    /** The unbiased estimate from all rows of two sets of the same size. */
    static double between(Features real, Features fake) {
        double[] x = real.doubles(0, real.rows()), y = fake.doubles(0, fake.rows());
        int m = real.rows(), width = real.width();
        double within = sumWithin(x, m, width) + sumWithin(y, m, width);
        return within / ((double) m * (m - 1)) - 2 * sumBetween(x, y, m, width) / ((double) m * m);
    }

    /** Of the kernel of all pairs of different rows. */
    private static double sumWithin(double[] x, int m, int width) {
        return sumOfPanels(m, (from, to) -> {
            double[] rows = Arrays.copyOfRange(x, from * width, to * width);
            double[] others = Arrays.copyOfRange(x, from * width, m * width);
            double[] products = LinearAlgebra.rowProducts(rows, to - from, others, m - from, width);
            double sum = 0;
            for (int i = 0; i < to - from; i++) {
                for (int j = i + 1; j < m - from; j++) {
                    sum += 2 * kernel(products[i * (m - from) + j], width);
                }
            }
            return sum;
        });
    }

    private static double sumBetween(double[] x, double[] y, int m, int width) {
        return sumOfPanels(m, (from, to) -> {
            double[] rows = Arrays.copyOfRange(x, from * width, to * width);
            return Arrays.stream(LinearAlgebra.rowProducts(rows, to - from, y, m, width))
                    .map(product -> kernel(product, width))
                    .sum();
        });
    }

    /** In parallel, but always added in the same order. */
    private static double sumOfPanels(int rows, ToDoubleBiFunction<Integer, Integer> ofPanel) {
        return Arrays.stream(IntStream.range(0, (rows + PANEL - 1) / PANEL)
                        .parallel()
                        .mapToDouble(panel -> ofPanel.applyAsDouble(panel * PANEL, Math.min(rows, (panel + 1) * PANEL)))
                        .toArray())
                .sum();
    }

    private static double kernel(double product, int width) {
        double base = product / width + 1;
        return base * base * base;
    }
}
