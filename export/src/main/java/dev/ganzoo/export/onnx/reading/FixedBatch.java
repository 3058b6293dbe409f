package dev.ganzoo.export.onnx.reading;

/**
 * Finds the batch in a reshape's target that was made for a fixed batch, 1 in most files: (N, 512, 1, 1) to [1, 512] means
 * (N, 512). Row-major order says between which entries the batch lies; where several axes meet there, that of the batch's
 * own extent is taken, and never the last, which has the features.
 */
final class FixedBatch {
    private FixedBatch() {}

    /**
     * The axis of {@code target} that has the batch, or −1 if there is none.
     *
     * @param outside how many entries lie outside of the batch
     */
    static int axis(long outside, int[] target, int batch) {
        long passed = 1;
        for (int axis = 0; axis < target.length; axis++) {
            if (passed == outside) {
                boolean isLast = axis == target.length - 1 && axis > 0;
                if (batch == 1 && isLast && target[axis] != 1) {
                    return axis - 1;
                }
                return target[axis] % batch == 0 ? axis : -1;
            }
            if (passed * target[axis] > outside) {
                boolean holds = outside % passed == 0 && target[axis] % (outside / passed * batch) == 0;
                return holds ? axis : -1;
            }
            passed *= target[axis];
        }
        return -1;
    }
}
