package dev.ganzoo.zoo.visualize;

/** Moves the parameters of one image uphill, step after step; belongs to one image and one thread at a time. */
sealed interface Updates {
    /**
     * Takes a step, in place.
     *
     * @param step from 1
     */
    void apply(float[] parameters, float[] gradient, int step);

    static Updates of(Settings settings, int size) {
        return switch (settings.optimizer) {
            case ASCENT -> new Ascent((float) settings.rate, (float) settings.decay);
            case ADAM -> new Adam(settings.rate, new float[size], new float[size]);
        };
    }

    /** The course's rule. */
    record Ascent(float rate, float decay) implements Updates {
        @Override
        public void apply(float[] parameters, float[] gradient, int step) {
            for (int i = 0; i < parameters.length; i++) {
                float x = parameters[i];
                parameters[i] = x + rate * gradient[i] - decay * x * Math.abs(x);
            }
        }
    }

    /** Adam; the arrays are its moments. */
    record Adam(double rate, float[] mean, float[] square) implements Updates {
        private static final double MEAN_DECAY = 0.9;
        private static final double SQUARE_DECAY = 0.999;
        private static final double TINY = 1e-8;

        @Override
        public void apply(float[] parameters, float[] gradient, int step) {
            double meanBias = 1 - Math.pow(MEAN_DECAY, step), squareBias = 1 - Math.pow(SQUARE_DECAY, step);
            for (int i = 0; i < parameters.length; i++) {
                mean[i] = (float) (MEAN_DECAY * mean[i] + (1 - MEAN_DECAY) * gradient[i]);
                square[i] = (float) (SQUARE_DECAY * square[i] + (1 - SQUARE_DECAY) * gradient[i] * gradient[i]);
                parameters[i] += (float) (rate * (mean[i] / meanBias) / (Math.sqrt(square[i] / squareBias) + TINY));
            }
        }
    }
}
