package dev.ganzoo.zoo.graph;

/** How an upsampling fills the new pixels. */
public enum Interpolation {
    /** Each pixel is repeated. */
    NEAREST,
    /** Linear between pixel centres, edges clamped (PyTorch's {@code align_corners=false}, ONNX's half_pixel). */
    BILINEAR
}
