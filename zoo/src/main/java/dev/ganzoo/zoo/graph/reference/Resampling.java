package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Op;

/** Enlargement of images. */
final class Resampling {
    private Resampling() {}

    static DoubleTensor upsample2d(Op.Upsample2d op, DoubleTensor x, DoubleTensor out) {
        boolean nearest = op.interpolation() == Interpolation.NEAREST;
        return Plane.each(x, out, (from, to) -> {
            for (int row = 0; row < to.height(); row++) {
                for (int column = 0; column < to.width(); column++) {
                    double value = nearest
                            ? from.get(row / op.factor(), column / op.factor())
                            : bilinear(from, centre(row, op.factor()), centre(column, op.factor()));
                    to.set(row, column, value);
                }
            }
        });
    }

    /** Where the centre of a fine pixel lies among the coarse ones, whose centres are at whole numbers. */
    private static double centre(int fine, int factor) {
        return (fine + 0.5) / factor - 0.5;
    }

    private static double bilinear(Plane plane, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * (1 - right) * clamped(plane, top, left)
                + (1 - down) * right * clamped(plane, top, left + 1)
                + down * (1 - right) * clamped(plane, top + 1, left)
                + down * right * clamped(plane, top + 1, left + 1);
    }

    private static double clamped(Plane plane, int row, int column) {
        return plane.get(
                Math.max(0, Math.min(row, plane.height() - 1)), Math.max(0, Math.min(column, plane.width() - 1)));
    }
}
