package dev.ganzoo.zoo.visualize;

/** In which coordinates an image is searched. */
public enum Space {
    /** Its pixels, shifted and scaled to [-1, 1] as in the course and clamped to it after each step. */
    PIXELS,
    /**
     * Its Fourier coefficients, scaled so that each frequency has the energy it has in natural images, in decorrelated
     * colours, through a sigmoid (Olah et al. 2017). All frequencies move at once: less noise, no clamping.
     */
    FOURIER
}
