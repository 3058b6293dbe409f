package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Shape;

/** What a name of the file stands for while it is read: numbers known now, or a node of the graph being made. */
sealed interface Value permits Known, Traced {
    Kind kind();

    /** The extent of each axis; {@code -k} for k times the batch size, as in {@link Shape}. */
    int[] extents();

    default int rank() {
        return extents().length;
    }

    default int extent(int axis) {
        return extents()[axis];
    }
}
