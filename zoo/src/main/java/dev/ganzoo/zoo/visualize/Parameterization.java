package dev.ganzoo.zoo.visualize;

/** From the numbers that are searched to one image's pixels {@code (C, H, W)} in [0, 1]. Immutable. */
interface Parameterization {
    /** How many parameters an image has. */
    int size();

    /** The image of these parameters. */
    float[] pixels(float[] parameters);

    /**
     * The gradient with respect to the parameters: the transpose of the Jacobian of {@link #pixels}.
     *
     * @param pixels what {@link #pixels} gave for the parameters at which it is taken
     * @param gradient with respect to those pixels
     */
    float[] pullBack(float[] pixels, float[] gradient);

    /** Parameters whose image is this one, as nearly as there are. */
    float[] parameters(float[] pixels);

    /** Brings parameters back to where they are allowed, in place. */
    void project(float[] parameters);

    static Parameterization of(Space space, int channels, int height, int width) {
        return switch (space) {
            case PIXELS -> new PixelParameters(channels * height * width);
            case FOURIER -> new FourierParameters(channels, height, width);
        };
    }
}
