/**
 * How good images are: of a generator, a dataset or a folder, against real ones, by any ONNX network as the judge.
 *
 * <p>{@link dev.ganzoo.zoo.evaluate.EvaluationRequest} is where to start. Every number comes with its protocol: numbers of
 * different protocols are not to be compared.
 */
package dev.ganzoo.zoo.evaluate;
