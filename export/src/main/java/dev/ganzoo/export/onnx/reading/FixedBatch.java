package dev.ganzoo.export.onnx.reading;

/**
 * Finds the batch in a reshape's target that was made for a fixed batch, 1 in most files: (N, 512, 1, 1) to [1, 512] means
 * (N, 512). Row-major order says between which entries the batch begins; where several axes meet there, that of the
 * batch's own extent is taken, and never the last, which has the features.
 */
final class FixedBatch {
    private FixedBatch() {}

    /** The axis of {@code target} that has the batch, or −1 if there is none. */
    static int axis(int[] from, int[] target, int batch) {
        int place = 0;
        long before = 1;
        while (from[place] > 0) {
            before *= from[place++];
        }
        long passed = 1;
        for (int axis = 0; axis < target.length; axis++) {
            if (passed == before) {
                return atBoundary(target, axis, -from[place], batch);
            }
            if (passed * target[axis] > before) {
                boolean holds = before % passed == 0 && target[axis] % (before / passed * batch) == 0;
                return holds ? axis : -1;
            }
            passed *= target[axis];
        }
        return -1;
    }

    /** What was {@code share}·N begins at {@code axis}. */
    private static int atBoundary(int[] target, int axis, int share, int batch) {
        int end = cover(target, axis, (long) share * batch);
        for (int i = axis; i < end; i++) {
            if (target[i] == batch) {
                return i;
            }
        }
        if (end == axis && axis == target.length - 1 && axis > 0 && batch == 1) {
            return axis - 1;
        }
        return target[axis] > 0 && target[axis] % batch == 0 ? axis : -1;
    }

    /** The end of the axes from {@code start} on that together have {@code extent}; {@code start} if none have. */
    private static int cover(int[] target, int start, long extent) {
        long product = 1;
        int end = start;
        for (int i = start; i < target.length && product <= extent; i++) {
            product *= target[i];
            end = product == extent ? i + 1 : end;
        }
        return end;
    }
}
