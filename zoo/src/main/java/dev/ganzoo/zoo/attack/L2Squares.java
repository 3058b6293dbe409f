package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.ImageShape;
import java.util.random.RandomGenerator;

/**
 * The whole length ε spent on bumps: at first on a grid of them, then moved from one square to another (Andriushchenko et
 * al. 2020, algorithm 3).
 */
record L2Squares(ImageShape shape, double epsilon) implements SquareProposals {
    private static final double TINY = 1e-12;

    @Override
    public float[] first(RandomGenerator random, float[] original) {
        float[] delta = new float[original.length];
        int side = Math.max(1, Math.min(shape.height(), shape.width()) / 5);
        for (int top = 0; top + side <= shape.height(); top += side) {
            for (int left = 0; left + side <= shape.width(); left += side) {
                double[][] bump = bump(random, side);
                for (int c = 0; c < shape.channels(); c++) {
                    int sign = sign(random);
                    for (int y = 0; y < side; y++) {
                        for (int x = 0; x < side; x++) {
                            delta[index(c, top + y, left + x)] += (float) (sign * bump[y][x]);
                        }
                    }
                }
            }
        }
        return applied(original, delta);
    }

    @Override
    public float[] next(RandomGenerator random, float[] original, float[] current, double part) {
        int least = Math.min(shape.height(), shape.width());
        int side = Math.max(3, (int) Math.round(Math.sqrt(part * shape.height() * shape.width())));
        side = Math.min(side + 1 - side % 2, least);
        Window here = Window.random(random, shape, side);
        Window there = Window.random(random, shape, side);
        float[] delta = Vectors.difference(current, original);
        double unspent = Math.max(0, epsilon * epsilon - Math.pow(Norm.L2.of(delta), 2)) / shape.channels();
        double[][] bump = bump(random, side);
        for (int c = 0; c < shape.channels(); c++) {
            moveChannel(delta, c, here, there, bump, sign(random), unspent);
        }
        return applied(original, delta);
    }

    /** Spends in {@code here} what both windows and {@code unspent} had. */
    private void moveChannel(
            float[] delta, int c, Window here, Window there, double[][] bump, int sign, double unspent) {
        double inHere = 0;
        double inBoth = 0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                double square = Math.pow(delta[index(c, y, x)], 2);
                inHere += here.contains(y, x) ? square : 0;
                inBoth += here.contains(y, x) || there.contains(y, x) ? square : 0;
            }
        }
        int side = here.side();
        double[][] mixed = new double[side][side];
        double squares = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float old = delta[index(c, here.top() + y, here.left() + x)];
                mixed[y][x] = sign * bump[y][x] + old / (TINY + Math.sqrt(inHere));
                squares += mixed[y][x] * mixed[y][x];
            }
        }
        double scale = Math.sqrt(unspent + inBoth) / (TINY + Math.sqrt(squares));
        fill(delta, c, there, null, 0);
        fill(delta, c, here, mixed, scale);
    }

    private void fill(float[] delta, int c, Window window, double[][] values, double scale) {
        for (int y = 0; y < window.side(); y++) {
            for (int x = 0; x < window.side(); x++) {
                delta[index(c, window.top() + y, window.left() + x)] =
                        values == null ? 0 : (float) (scale * values[y][x]);
            }
        }
    }

    private float[] applied(float[] original, float[] delta) {
        float[] point = original.clone();
        Norm.L2.step(point, delta, epsilon);
        Norm.L2.project(point, original, epsilon);
        Vectors.clamp(point);
        return point;
    }

    /** Two halves of opposite sign, each falling off from its middle; length one. Upright or lying at random. */
    private static double[][] bump(RandomGenerator random, int side) {
        double[][] bump = new double[side][side];
        boolean lying = random.nextBoolean();
        int half = side / 2;
        addHalf(bump, 0, half, 1, lying);
        addHalf(bump, half, side - half, -1, lying);
        double squares = 0;
        for (double[] row : bump) {
            for (double value : row) {
                squares += value * value;
            }
        }
        for (double[] row : bump) {
            for (int x = 0; x < side; x++) {
                row[x] /= Math.sqrt(squares);
            }
        }
        return bump;
    }

    private static void addHalf(double[][] bump, int from, int rows, int sign, boolean lying) {
        int side = bump.length;
        double[][] half = new double[rows][side];
        int middleRow = rows / 2;
        int middleColumn = side / 2;
        double squares = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < side; x++) {
                int ring = Math.max(Math.abs(y - middleRow), Math.abs(x - middleColumn));
                for (int r = ring; r < Math.max(middleRow, middleColumn) + 1; r++) {
                    half[y][x] += 1.0 / ((r + 1.0) * (r + 1.0));
                }
                squares += half[y][x] * half[y][x];
            }
        }
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < side; x++) {
                double value = sign * half[y][x] / Math.sqrt(squares);
                bump[lying ? x : from + y][lying ? from + y : x] = value;
            }
        }
    }

    private int index(int c, int y, int x) {
        return (c * shape.height() + y) * shape.width() + x;
    }

    private static int sign(RandomGenerator random) {
        return random.nextBoolean() ? 1 : -1;
    }

    private record Window(int top, int left, int side) {
        static Window random(RandomGenerator random, ImageShape shape, int side) {
            int top = random.nextInt(shape.height() - side + 1);
            int left = random.nextInt(shape.width() - side + 1);
            return new Window(top, left, side);
        }

        boolean contains(int y, int x) {
            return y >= top && y < top + side && x >= left && x < left + side;
        }
    }
}
