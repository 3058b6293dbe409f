package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What evaluation does not need to compute again and again, once the weights are known. */
public final class Folding {
    private static final List<Rule> RULES = List.of(
            new ConstantFolding(),
            new DropoutAsIdentity(),
            new BatchNormAsAffine(),
            new ScaleIntoConvolution(),
            new ScaleIntoAffine(),
            new ShiftIntoAffine(),
            new MergeShifts(),
            new ScaleIntoClassTable(),
            new SumOfClassTables());

    private Folding() {}

    /** The rules, each exact in evaluation mode. */
    public static List<Rule> rules() {
        return RULES;
    }

    /**
     * The network that {@code graph} is in evaluation mode with these weights: spectral norms divided out, dropout
     * left away, batch norms reduced to a scale and a shift a channel, class-conditional ones to a scale and a shift a class and channel.
     *
     * @param weights a value for each parameter and buffer by name; others are ignored
     * @throws IllegalArgumentException if a value is missing or of another shape
     */
    public static Graph fold(Graph graph, Map<String, Tensor> weights) {
        return Rewriter.with(RULES).rewrite(Weights.bind(graph, weights));
    }
}
