package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** libtorch's transposed convolution, which DJL has no call for. */
final class TransposedConvolution {
    private static final Map<Form, TorchExpression> EXPRESSIONS = new ConcurrentHashMap<>();

    private TransposedConvolution() {}

    /** The result, owned by {@code scope}; {@code inputs} are x (N, C, H, W), weight (C, O/groups, h, w) and perhaps a bias. */
    static NDArray apply(NDManager scope, Op.ConvTranspose2d op, List<NDArray> inputs) {
        Form form = new Form(op, inputs.size() > 2);
        return EXPRESSIONS.computeIfAbsent(form, Form::expression).of(scope, new NDList(inputs));
    }

    private record Form(Op.ConvTranspose2d op, boolean biased) {
        TorchExpression expression() {
            List<String> arguments = new ArrayList<>(List.of("x", "weight"));
            if (biased) {
                arguments.add("bias");
            }
            String call = "torch.conv_transpose2d(x, weight, %s, %s, %s, %s, %d, %s)"
                    .formatted(
                            biased ? "bias" : "None",
                            TorchExpression.list(op.stride()),
                            TorchExpression.list(op.padding()),
                            TorchExpression.list(op.outputPadding()),
                            op.groups(),
                            TorchExpression.list(op.dilation()));
            return TorchExpression.of(call, arguments);
        }
    }
}
