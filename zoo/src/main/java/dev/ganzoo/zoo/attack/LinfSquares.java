package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.ImageShape;
import java.util.random.RandomGenerator;

/** Every value changed by ε or −ε: at first in stripes one pixel wide, then square by square. */
record LinfSquares(ImageShape shape, double epsilon) implements SquareProposals {
    @Override
    public float[] first(RandomGenerator random, float[] original) {
        float[] point = new float[original.length];
        for (int c = 0; c < shape.channels(); c++) {
            for (int x = 0; x < shape.width(); x++) {
                double delta = sign(random) * epsilon;
                for (int y = 0; y < shape.height(); y++) {
                    set(point, original, index(c, y, x), delta);
                }
            }
        }
        return point;
    }

    @Override
    public float[] next(RandomGenerator random, float[] original, float[] current, double part) {
        int least = Math.min(shape.height(), shape.width());
        int side = (int) Math.round(Math.sqrt(part * shape.height() * shape.width()));
        side = Math.max(1, Math.min(side, Math.max(1, least - 1)));
        int top = random.nextInt(shape.height() - side + 1);
        int left = random.nextInt(shape.width() - side + 1);
        float[] point = current.clone();
        for (int c = 0; c < shape.channels(); c++) {
            double delta = sign(random) * epsilon;
            for (int y = top; y < top + side; y++) {
                for (int x = left; x < left + side; x++) {
                    set(point, original, index(c, y, x), delta);
                }
            }
        }
        return point;
    }

    private static void set(float[] point, float[] original, int at, double delta) {
        point[at] = (float) Math.max(0, Math.min(1, original[at] + delta));
    }

    private int index(int c, int y, int x) {
        return (c * shape.height() + y) * shape.width() + x;
    }

    private static int sign(RandomGenerator random) {
        return random.nextBoolean() ? 1 : -1;
    }
}
