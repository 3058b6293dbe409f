package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Op;

/** Pooling of images: what becomes of each window. */
final class Pooling {
    private Pooling() {}

    static DoubleTensor avgPool2d(Op.AvgPool2d op, DoubleTensor x, DoubleTensor out) {
        double size = (double) op.window().height() * op.window().width();
        return Plane.each(x, out, (from, to) -> {
            for (int row = 0; row < to.height(); row++) {
                for (int column = 0; column < to.width(); column++) {
                    double sum = 0;
                    int top = row * op.stride().height() - op.padding().height();
                    int left = column * op.stride().width() - op.padding().width();
                    for (int y = top; y < top + op.window().height(); y++) {
                        for (int z = left; z < left + op.window().width(); z++) {
                            sum += from.contains(y, z) ? from.get(y, z) : 0;
                        }
                    }
                    to.set(row, column, sum / size);
                }
            }
        });
    }

    static DoubleTensor maxPool2d(Op.MaxPool2d op, DoubleTensor x, DoubleTensor out) {
        return Plane.each(x, out, (from, to) -> {
            for (int row = 0; row < to.height(); row++) {
                for (int column = 0; column < to.width(); column++) {
                    int[] place = largest(op, from, row, column);
                    to.set(row, column, from.get(place[0], place[1]));
                }
            }
        });
    }

    static DoubleTensor maxPool2dGradient(Op.MaxPool2d op, DoubleTensor x, DoubleTensor gradient, DoubleTensor out) {
        for (int n = 0; n < x.extent(0); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                Plane from = new Plane(x, n, c);
                Plane given = new Plane(gradient, n, c);
                Plane to = new Plane(out, n, c);
                for (int row = 0; row < given.height(); row++) {
                    for (int column = 0; column < given.width(); column++) {
                        int[] place = largest(op, from, row, column);
                        to.add(place[0], place[1], given.get(row, column));
                    }
                }
            }
        }
        return out;
    }

    /** Row and column of the first of the largest values in a window. */
    private static int[] largest(Op.MaxPool2d op, Plane plane, int row, int column) {
        Extent window = op.window();
        int top = row * op.stride().height() - op.padding().height();
        int left = column * op.stride().width() - op.padding().width();
        int[] place = null;
        for (int y = top; y < top + window.height(); y++) {
            for (int z = left; z < left + window.width(); z++) {
                if (plane.contains(y, z) && (place == null || plane.get(y, z) > plane.get(place[0], place[1]))) {
                    place = new int[] {y, z};
                }
            }
        }
        return place;
    }
}
