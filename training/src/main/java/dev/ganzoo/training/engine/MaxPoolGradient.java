package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The adjoint of max pooling, each value going to the largest pixel of its window: an operation that libtorch
 * differentiates.
 */
final class MaxPoolGradient {
    private static final Map<Op.MaxPool2d, TorchExpression> EXPRESSIONS = new ConcurrentHashMap<>();

    private MaxPoolGradient() {}

    /** The result, owned by {@code scope}; x (N, C, H, W) counts as a constant, {@code gradient} (N, C, H', W') does not. */
    static NDArray apply(NDManager scope, Op.MaxPool2d op, NDArray x, NDArray gradient) {
        try (NDArray fixed = x.stopGradient()) {
            return EXPRESSIONS.computeIfAbsent(op, MaxPoolGradient::expression).of(scope, new NDList(fixed, gradient));
        }
    }

    private static TorchExpression expression(Op.MaxPool2d op) {
        String largest = "torch.max_pool2d_with_indices(x, %s, %s, %s)[1]"
                .formatted(
                        TorchExpression.list(op.window()),
                        TorchExpression.list(op.stride()),
                        TorchExpression.list(op.padding()));
        String spread = "torch.scatter_add(torch.flatten(torch.zeros_like(x), 2), 2, torch.flatten(%s, 2), "
                + "torch.flatten(gradient, 2))";
        return TorchExpression.of(
                "torch.view_as(%s, x)".formatted(spread.formatted(largest)), List.of("x", "gradient"));
    }
}
