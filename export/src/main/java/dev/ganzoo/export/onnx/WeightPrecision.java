package dev.ganzoo.export.onnx;

/** How an ONNX file stores its large constants. Computation is in float32 either way. */
public enum WeightPrecision {
    /** As they are: four bytes a number. */
    FP32,
    /**
     * Rounded to the nearest IEEE 754 half, two bytes a number, and widened again when the model is loaded. Constants that
     * are small, or hold a number beyond a half's range, stay as they are.
     */
    FP16
}
