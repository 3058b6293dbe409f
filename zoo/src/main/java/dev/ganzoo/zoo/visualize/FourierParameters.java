package dev.ganzoo.zoo.visualize;

/**
 * Fourier coefficients of decorrelated colours (Olah et al. 2017, as in lucid): the coefficient at frequency f is scaled by
 * {@code 1 / max(f, 1 / max(H, W))}, the amplitude of natural images; three channels are mixed by the square root of the
 * covariance of their colours; a sigmoid brings the result into [0, 1].
 */
final class FourierParameters implements Parameterization {
    /** The square root of the covariance of natural images' colours, from lucid, and its greatest column's norm. */
    private static final double[][] COLOURS = {{0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}};

    private static final double NORM = Math.sqrt(0.26 * 0.26 + 0.27 * 0.27 + 0.27 * 0.27);
    /** Lucid's: with it, parameters of standard deviation 1 fill the range of the sigmoid. */
    private static final double GAIN = 0.25;
    /** Pixels beyond cannot be told apart by 8 bits from those at 0 and 1, where the sigmoid has no inverse. */
    private static final float MARGIN = 0.5f / 255;

    private final int channels;
    private final int plane;
    private final RealFourier fourier;
    private final float[] scale;
    private final double[][] mixing;

    FourierParameters(int channels, int height, int width) {
        this.channels = channels;
        this.plane = height * width;
        this.fourier = new RealFourier(height, width);
        this.scale = new float[fourier.frequencies()];
        double least = 1.0 / Math.max(height, width);
        for (int f = 0; f < scale.length; f++) {
            scale[f] = (float) (GAIN / Math.sqrt(plane) / Math.max(fourier.radius(f), least));
        }
        this.mixing = channels == 3 ? colours() : identity(channels);
    }

    @Override
    public int size() {
        return channels * 2 * scale.length;
    }

    @Override
    public float[] pixels(float[] parameters) {
        float[] planes = new float[channels * plane];
        float[] spectrum = new float[2 * scale.length];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < spectrum.length; i++) {
                spectrum[i] = parameters[c * spectrum.length + i] * scale[i % scale.length];
            }
            System.arraycopy(fourier.synthesis(spectrum), 0, planes, c * plane, plane);
        }
        float[] mixed = mix(planes, mixing);
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (1 / (1 + Math.exp(-mixed[i])));
        }
        return mixed;
    }

    @Override
    public float[] pullBack(float[] pixels, float[] gradient) {
        float[] mixed = new float[gradient.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = gradient[i] * pixels[i] * (1 - pixels[i]);
        }
        float[] planes = mix(mixed, transposed(mixing));
        float[] pulled = new float[size()];
        for (int c = 0; c < channels; c++) {
            float[] spectrum = fourier.adjoint(plane(planes, c));
            for (int i = 0; i < spectrum.length; i++) {
                pulled[c * spectrum.length + i] = spectrum[i] * scale[i % scale.length];
            }
        }
        return pulled;
    }

    @Override
    public float[] parameters(float[] pixels) {
        float[] logits = new float[pixels.length];
        for (int i = 0; i < logits.length; i++) {
            double p = Math.max(MARGIN, Math.min(1 - MARGIN, pixels[i]));
            logits[i] = (float) Math.log(p / (1 - p));
        }
        float[] planes = mix(logits, inverse(mixing));
        float[] parameters = new float[size()];
        for (int c = 0; c < channels; c++) {
            float[] spectrum = fourier.adjoint(plane(planes, c));
            for (int i = 0; i < spectrum.length; i++) {
                int f = i % scale.length;
                parameters[c * spectrum.length + i] = spectrum[i] / fourier.multiplicity(f) / plane / scale[f];
            }
        }
        return parameters;
    }

    @Override
    public void project(float[] parameters) {
        // The sigmoid keeps every image within [0, 1].
    }

    private float[] plane(float[] planes, int c) {
        float[] one = new float[plane];
        System.arraycopy(planes, c * plane, one, 0, plane);
        return one;
    }

    private float[] mix(float[] planes, double[][] matrix) {
        float[] mixed = new float[planes.length];
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                float weight = (float) matrix[to][from];
                for (int i = 0; i < plane; i++) {
                    mixed[to * plane + i] += weight * planes[from * plane + i];
                }
            }
        }
        return mixed;
    }

    private static double[][] colours() {
        double[][] matrix = new double[3][3];
        for (int i = 0; i < 9; i++) {
            matrix[i / 3][i % 3] = COLOURS[i / 3][i % 3] / NORM;
        }
        return matrix;
    }

    private static double[][] identity(int size) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    /** By Gauss and Jordan without pivoting, which these matrices do not need. */
    private static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] left = new double[size][];
        double[][] right = identity(size);
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i].clone();
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double by = left[pivot][pivot];
            for (int j = 0; j < size; j++) {
                left[pivot][j] /= by;
                right[pivot][j] /= by;
            }
            for (int row = 0; row < size; row++) {
                double factor = row == pivot ? 0 : left[row][pivot];
                for (int j = 0; j < size; j++) {
                    left[row][j] -= factor * left[pivot][j];
                    right[row][j] -= factor * right[pivot][j];
                }
            }
        }
        return right;
    }
}
