package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;

/** What the gradients of average pooling and of bilinear enlargement mean for the image. */
final class PoolingAdjoints {
    private PoolingAdjoints() {}

    static Node average(Op.AvgPool2d op, Shape x, Node g) {
        Extent window = op.window();
        boolean square = window.height() == window.width();
        boolean whole = x.extent(2) % window.height() == 0 && x.extent(3) % window.width() == 0;
        if (op.disjoint() && square && whole) {
            return g.upsample(Interpolation.NEAREST, window.height())
                    .times(VjpRules.number(1.0 / (window.height() * window.width())));
        }
        Node rows = spaced(
                g, 2, x, window.height(), op.stride().height(), op.padding().height());
        Node spaced = spaced(
                rows, 3, x, window.width(), op.stride().width(), op.padding().width());
        return Node.apply(new Op.AvgPool2d(window, Extent.square(1), Extent.square(0)), spaced);
    }

    /** Gradients one stride apart and room for all windows that a pixel is in, so that their mean is over these. */
    private static Node spaced(Node g, int axis, Shape x, int window, int stride, int padding) {
        return Spacing.spread(g, axis, stride, window - 1 - padding, x.extent(axis) + window - 1);
    }

    /** Enlargement is a matrix product from the left (rows) and from the right (columns); so is its adjoint. */
    static Node bilinear(int factor, Shape x, Node g) {
        Node rows = Node.constant(weights(x.extent(2), factor)).transpose(1, 0);
        Node columns = Node.constant(weights(x.extent(3), factor));
        return rows.matMul(g).matMul(columns);
    }

    /** The weight of each coarse pixel (column) in each fine one (row). */
    private static Tensor weights(int extent, int factor) {
        float[] weights = new float[factor * extent * extent];
        for (int fine = 0; fine < factor * extent; fine++) {
            double centre = (fine + 0.5) / factor - 0.5;
            int before = (int) Math.floor(centre);
            double share = centre - before;
            weights[fine * extent + Math.max(before, 0)] += (float) (1 - share);
            weights[fine * extent + Math.min(before + 1, extent - 1)] += (float) share;
        }
        return Tensor.of(weights, factor * extent, extent);
    }
}
