package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The penalty of rows of weights that are not orthogonal to each other, β‖WWᵀ ⊙ (1 − I)‖² summed over all weights, where W is
 * a weight as a matrix with a row for each output (Brock et al. 2019, eq. 3; their code adds half of its gradient). Lengths of
 * rows are left alone; so are gains, biases and embeddings of classes.
 *
 * @param generatorOrthogonality β for the generator, ≥ 0; 0 for none; published: 1e-4
 * @param discriminatorOrthogonality β for the discriminator, ≥ 0; 0 for none
 */
public record Orthogonality(double generatorOrthogonality, double discriminatorOrthogonality) implements Term {
    private static final String WEIGHT = ".weight";
    private static final String EMBEDDING = "embedding";

    /** Of whose products with each other an array can hold the mask. */
    private static final int MOST_ROWS = (int) Math.sqrt(Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if a weight is negative */
    public Orthogonality {
        Check.weight("generatorOrthogonality", generatorOrthogonality);
        Check.weight("discriminatorOrthogonality", discriminatorOrthogonality);
    }

    /** No penalty. */
    public static Orthogonality none() {
        return new Orthogonality(0, 0);
    }

    @Override
    public String name() {
        return "orthogonality";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.of(discriminatorOrthogonality, () -> penalty(judge.parameters()));
    }

    @Override
    public Optional<Node> generatorLoss(Judge judge) {
        return Weighted.of(generatorOrthogonality, () -> penalty(judge.parameters()));
    }

    private static Node penalty(List<Node> parameters) {
        return parameters.stream()
                .filter(parameter ->
                        parameter.name().endsWith(WEIGHT) && !parameter.name().contains(EMBEDDING))
                .map(Orthogonality::penalty)
                .reduce(Node::plus)
                .orElseThrow();
    }

    private static Node penalty(Node weight) {
        int rows = weight.shape().extent(0);
        Check.that(
                rows <= MOST_ROWS,
                "the orthogonality of %s must be of at most %d rows".formatted(weight.name(), MOST_ROWS),
                rows);
        int columns = Math.toIntExact(Tensor.count(weight.shape().extents()) / rows);
        Node matrix = weight.reshape(rows, columns);
        Node products = matrix.matMul(matrix.transpose(1, 0)).times(Node.constant(offDiagonal(rows)));
        return products.times(products).sum(0, 1);
    }

    private static Tensor offDiagonal(int rows) {
        float[] mask = new float[rows * rows];
        Arrays.fill(mask, 1);
        for (int i = 0; i < rows; i++) {
            mask[i * rows + i] = 0;
        }
        return Tensor.of(mask, rows, rows);
    }
}
