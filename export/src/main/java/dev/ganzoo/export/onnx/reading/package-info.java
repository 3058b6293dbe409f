/** The internals of {@link dev.ganzoo.export.onnx.OnnxReader}; not for use from outside. */
package dev.ganzoo.export.onnx.reading;
