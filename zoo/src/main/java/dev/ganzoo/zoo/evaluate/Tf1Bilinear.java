package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.data.Picture;

/**
 * Bilinear resizing as {@code tf.image.resize_bilinear} of TensorFlow 1 does it by default, which the Inception network of
 * published FIDs has in its graph: output pixel {@code i} is read at {@code i · in/out}, without the half pixel that later
 * versions add, and without antialiasing. In float32, in TensorFlow's order: along rows first, then between them.
 */
final class Tf1Bilinear {
    private Tf1Bilinear() {}

    /** Writes (C, height, width), values 0..255, to {@code target} from {@code offset} on. */
    static void resize(Picture picture, int height, int width, float[] target, int offset) {
        int oldHeight = picture.height();
        int oldWidth = picture.width();
        float rowScale = (float) oldHeight / height;
        float columnScale = (float) oldWidth / width;
        byte[] pixels = picture.pixels();
        for (int y = 0; y < height; y++) {
            float row = y * rowScale;
            int upper = Math.min((int) row, oldHeight - 1);
            int lower = Math.min(upper + 1, oldHeight - 1);
            float down = row - upper;
            for (int x = 0; x < width; x++) {
                float column = x * columnScale;
                int left = Math.min((int) column, oldWidth - 1);
                int right = Math.min(left + 1, oldWidth - 1);
                float along = column - left;
                for (int c = 0; c < picture.channels(); c++) {
                    int above = (c * oldHeight + upper) * oldWidth;
                    int below = (c * oldHeight + lower) * oldWidth;
                    float top = between(pixels[above + left], pixels[above + right], along);
                    float bottom = between(pixels[below + left], pixels[below + right], along);
                    target[offset + (c * height + y) * width + x] = top + (bottom - top) * down;
                }
            }
        }
    }

    private static float between(byte from, byte to, float part) {
        float start = from & 0xFF;
        return start + ((to & 0xFF) - start) * part;
    }
}
