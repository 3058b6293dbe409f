package dev.ganzoo.zoo.visualize;

/** What is subtracted from the objective of an image with pixels {@code (C, H, W)} in [0, 1]. Pure functions. */
enum Penalty {
    /** {@code Σ √(dx² + dy² + ε²) - ε} over pixels and channels, differences to the right and lower neighbours. */
    TOTAL_VARIATION {
        @Override
        double add(float[] pixels, int height, int width, float weight, float[] gradient) {
            double sum = 0;
            int plane = height * width;
            for (int i = 0; i < pixels.length; i++) {
                int right = i % width + 1 < width ? i + 1 : i;
                int below = i % plane + width < plane ? i + width : i;
                double dx = pixels[right] - pixels[i], dy = pixels[below] - pixels[i];
                double length = Math.sqrt(dx * dx + dy * dy + SMOOTHING * SMOOTHING);
                sum += length - SMOOTHING;
                gradient[right] += (float) (weight * dx / length);
                gradient[below] += (float) (weight * dy / length);
                gradient[i] -= (float) (weight * (dx + dy) / length);
            }
            return sum;
        }
    },
    /** {@code Σ x² / 2} with x = 2p - 1: the distance from mid grey. */
    L2 {
        @Override
        double add(float[] pixels, int height, int width, float weight, float[] gradient) {
            double sum = 0;
            for (int i = 0; i < pixels.length; i++) {
                float x = 2 * pixels[i] - 1;
                sum += x * x / 2.0;
                gradient[i] += 2 * weight * x;
            }
            return sum;
        }
    },
    /** {@code Σ |x|³ / 3} with x = 2p - 1, whose gradient in x is the x·|x| of the course's rule. */
    L3 {
        @Override
        double add(float[] pixels, int height, int width, float weight, float[] gradient) {
            double sum = 0;
            for (int i = 0; i < pixels.length; i++) {
                float x = 2 * pixels[i] - 1;
                sum += Math.abs(x) * x * x / 3.0;
                gradient[i] += 2 * weight * x * Math.abs(x);
            }
            return sum;
        }
    },
    /** {@code ‖p - blur(p)‖² / 2}, blur by the kernel (1 2 1)ᵀ(1 2 1) / 16: what blurring would take away. */
    BLUR {
        @Override
        double add(float[] pixels, int height, int width, float weight, float[] gradient) {
            float[] rough = minusBlur(pixels, height, width, false);
            float[] back = minusBlur(rough, height, width, true);
            double sum = 0;
            for (int i = 0; i < pixels.length; i++) {
                sum += rough[i] * rough[i] / 2.0;
                gradient[i] += weight * back[i];
            }
            return sum;
        }
    };

    private static final double SMOOTHING = 0.01;
    private static final float[] BINOMIAL = {0.25f, 0.5f, 0.25f};

    /** Adds {@code weight} times the penalty's gradient to {@code gradient}; gives the penalty, without the weight. */
    abstract double add(float[] pixels, int height, int width, float weight, float[] gradient);

    /** The image minus its blurred self, pixels at the edge being repeated; or the transpose of that. */
    private static float[] minusBlur(float[] image, int height, int width, boolean transposed) {
        float[] result = image.clone();
        for (int i = 0; i < image.length; i++) {
            int y = i / width % height, x = i % width, plane = i - y * width - x;
            for (int tap = 0; tap < 9; tap++) {
                int fromY = Math.max(0, Math.min(height - 1, y + tap / 3 - 1));
                int fromX = Math.max(0, Math.min(width - 1, x + tap % 3 - 1));
                int other = plane + fromY * width + fromX;
                float weight = BINOMIAL[tap / 3] * BINOMIAL[tap % 3];
                result[transposed ? other : i] -= weight * image[transposed ? i : other];
            }
        }
        return result;
    }
}
