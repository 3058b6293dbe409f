package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Op;

/** Convolution and its transpose, by definition: every product of a pixel and a kernel value that meet. */
final class Convolution {
    private Convolution() {}

    static DoubleTensor conv2d(Op.Conv2d op, DoubleTensor x, DoubleTensor kernel, DoubleTensor out) {
        int groupInputs = kernel.extent(1);
        int groupOutputs = kernel.extent(0) / op.groups();
        for (int n = 0; n < out.extent(0); n++) {
            for (int o = 0; o < out.extent(1); o++) {
                for (int c = 0; c < groupInputs; c++) {
                    int channel = o / groupOutputs * groupInputs + c;
                    correlate(op, new Plane(x, n, channel), new Plane(kernel, o, c), new Plane(out, n, o));
                }
            }
        }
        return out;
    }

    private static void correlate(Op.Conv2d op, Plane x, Plane kernel, Plane out) {
        for (int i = 0; i < kernel.height(); i++) {
            for (int j = 0; j < kernel.width(); j++) {
                double weight = kernel.get(i, j);
                for (int row = 0; row < out.height(); row++) {
                    int y = row * op.stride().height()
                            - op.padding().height()
                            + i * op.dilation().height();
                    for (int column = 0; column < out.width(); column++) {
                        int z = column * op.stride().width()
                                - op.padding().width()
                                + j * op.dilation().width();
                        if (x.contains(y, z)) {
                            out.add(row, column, weight * x.get(y, z));
                        }
                    }
                }
            }
        }
    }

    static DoubleTensor convTranspose2d(Op.ConvTranspose2d op, DoubleTensor x, DoubleTensor kernel, DoubleTensor out) {
        int groupInputs = kernel.extent(0) / op.groups();
        int groupOutputs = kernel.extent(1);
        for (int n = 0; n < out.extent(0); n++) {
            for (int c = 0; c < kernel.extent(0); c++) {
                for (int o = 0; o < groupOutputs; o++) {
                    int channel = c / groupInputs * groupOutputs + o;
                    spread(op, new Plane(x, n, c), new Plane(kernel, c, o), new Plane(out, n, channel));
                }
            }
        }
        return out;
    }

    private static void spread(Op.ConvTranspose2d op, Plane x, Plane kernel, Plane out) {
        for (int i = 0; i < kernel.height(); i++) {
            for (int j = 0; j < kernel.width(); j++) {
                double weight = kernel.get(i, j);
                for (int y = 0; y < x.height(); y++) {
                    int row = y * op.stride().height()
                            - op.padding().height()
                            + i * op.dilation().height();
                    for (int z = 0; z < x.width(); z++) {
                        int column = z * op.stride().width()
                                - op.padding().width()
                                + j * op.dilation().width();
                        if (out.contains(row, column)) {
                            out.add(row, column, weight * x.get(y, z));
                        }
                    }
                }
            }
        }
    }
}
