package dev.ganzoo.export.onnx.reading;

/**
 * One row of the table of operators.
 *
 * @param name as ONNX calls it
 * @param rule what it means in the graph; folds where all inputs are known
 * @param limits what of it is read, for the documentation; empty if all
 */
record Operator(String name, Rule rule, String limits) {}
