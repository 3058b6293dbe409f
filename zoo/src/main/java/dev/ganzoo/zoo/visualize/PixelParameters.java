package dev.ganzoo.zoo.visualize;

/** Pixels as the course has them: x in [-1, 1], the pixel being (x + 1) / 2. */
record PixelParameters(int size) implements Parameterization {
    @Override
    public float[] pixels(float[] parameters) {
        float[] pixels = new float[size];
        for (int i = 0; i < size; i++) {
            pixels[i] = (parameters[i] + 1) / 2;
        }
        return pixels;
    }

    @Override
    public float[] pullBack(float[] pixels, float[] gradient) {
        float[] pulled = new float[size];
        for (int i = 0; i < size; i++) {
            pulled[i] = gradient[i] / 2;
        }
        return pulled;
    }

    @Override
    public float[] parameters(float[] pixels) {
        float[] parameters = new float[size];
        for (int i = 0; i < size; i++) {
            parameters[i] = 2 * pixels[i] - 1;
        }
        return parameters;
    }

    @Override
    public void project(float[] parameters) {
        for (int i = 0; i < size; i++) {
            parameters[i] = Math.max(-1, Math.min(1, parameters[i]));
        }
    }
}
