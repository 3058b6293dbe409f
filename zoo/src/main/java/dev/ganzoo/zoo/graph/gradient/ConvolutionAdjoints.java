package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;

/** What the gradient of a convolution means for its image and for its kernel. */
final class ConvolutionAdjoints {
    private ConvolutionAdjoints() {}

    /** The transposed convolution; rows and columns that the stride left out get their zeros by output padding. */
    static Node ofInput(Op.Conv2d op, Node node, Node g) {
        Shape x = node.input(0).shape();
        Shape kernel = node.input(1).shape();
        Extent left = new Extent(
                leftOut(
                        x.extent(2),
                        kernel.extent(2),
                        op.stride().height(),
                        op.padding().height(),
                        op.dilation().height()),
                leftOut(
                        x.extent(3),
                        kernel.extent(3),
                        op.stride().width(),
                        op.padding().width(),
                        op.dilation().width()));
        Op back = new Op.ConvTranspose2d(op.stride(), op.padding(), left, op.dilation(), op.groups());
        return Node.apply(back, g, node.input(1));
    }

    private static int leftOut(int extent, int kernel, int stride, int padding, int dilation) {
        return (extent + 2 * padding - dilation * (kernel - 1) - 1) % stride;
    }

    /**
     * The convolution of the image with the gradient, the batch taking the part of the channels.
     *
     * @param image what {@code op}, of one group, is applied to
     * @param g the gradient of its result
     * @param kernel the shape of its kernel
     */
    static Node ofKernel(Op.Conv2d op, Node image, Node g, Shape kernel) {
        Op.Conv2d across = new Op.Conv2d(op.dilation(), op.padding(), op.stride(), 1);
        Node taps = Node.apply(across, image.transpose(1, 0, 2, 3), g.transpose(1, 0, 2, 3));
        return taps.slice(2, 0, kernel.extent(2)).slice(3, 0, kernel.extent(3)).transpose(1, 0, 2, 3);
    }
}
