package dev.ganzoo.training.augmentation;

/** Colours on the wheel of hues (Smith 1978, Color Gamut Transform Pairs), in the arithmetic of torchvision. */
final class Hue {
    private static final int SEXTANTS = 6;

    private Hue() {}

    /** Writes the colour turned by {@code shift} of a whole turn to {@code target}, its channels {@code plane} apart. */
    static void turn(float red, float green, float blue, float shift, float[] target, int index, int plane) {
        float value = Math.max(red, Math.max(green, blue));
        float chroma = value - Math.min(red, Math.min(green, blue));
        if (chroma == 0) {
            write(value, value, value, target, index, plane);
            return;
        }
        float saturation = chroma / value;
        float turned = hue(red, green, blue, value, chroma) + shift;
        float position = (turned - (float) Math.floor(turned)) * SEXTANTS;
        int sextant = (int) position;
        float fraction = position - sextant;
        float low = Picture.clamp(value * (1 - saturation));
        float falling = Picture.clamp(value * (1 - saturation * fraction));
        float rising = Picture.clamp(value * (1 - saturation * (1 - fraction)));
        switch (sextant % SEXTANTS) {
            case 0 -> write(value, rising, low, target, index, plane);
            case 1 -> write(falling, value, low, target, index, plane);
            case 2 -> write(low, value, rising, target, index, plane);
            case 3 -> write(low, falling, value, target, index, plane);
            case 4 -> write(rising, low, value, target, index, plane);
            default -> write(value, low, falling, target, index, plane);
        }
    }

    /** In turns, 0 for red. */
    private static float hue(float red, float green, float blue, float value, float chroma) {
        float sextants;
        if (value == red) {
            sextants = (green - blue) / chroma;
        } else if (value == green) {
            sextants = 2 + (blue - red) / chroma;
        } else {
            sextants = 4 + (red - green) / chroma;
        }
        return sextants / SEXTANTS;
    }

    private static void write(float red, float green, float blue, float[] target, int index, int plane) {
        target[index] = red;
        target[index + plane] = green;
        target[index + 2 * plane] = blue;
    }
}
