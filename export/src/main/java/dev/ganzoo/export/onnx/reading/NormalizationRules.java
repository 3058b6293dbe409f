package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations, in evaluation. */
final class NormalizationRules {
    private NormalizationRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("BatchNormalization", Rule.node(NormalizationRules::batchNorm), "in evaluation")
                .add("InstanceNormalization", Rule.node(NormalizationRules::instanceNorm))
                .add("GroupNormalization", Rule.node(NormalizationRules::groupNorm))
                .add("LayerNormalization", Rule.node(NormalizationRules::layerNorm), "first output")
                .add("LpNormalization", Rule.node(NormalizationRules::lpNorm))
                .add("LRN", Rule.node(NormalizationRules::localResponseNorm));
    }

    private static double epsilon(Call call) {
        return call.attributes().real("epsilon", 1e-5);
    }

    private static Node batchNorm(Call call) {
        call.attributes().ignore("momentum");
        call.onlyFirstOutput();
        if (call.attributes().flag("training_mode", false) || !call.attributes().flag("spatial", true)) {
            throw new Unsupported("batch normalisation must be in evaluation and per channel");
        }
        Node x = call.node(0);
        double epsilon = epsilon(call);
        int rank = x.shape().rank();
        if (rank == 2 || rank == 4) {
            // The momentum counts in training only.
            return call.emit(new Op.BatchNorm(epsilon, 0.1), x, call.node(1), call.node(2), call.node(3), call.node(4));
        }
        Node scale = call.over(call.node(1), call.emit(new Op.Sqrt(), call.plus(call.node(4), epsilon)));
        Node centred = call.minus(x, perChannel(call, call.node(3), rank));
        return call.plus(call.times(centred, perChannel(call, scale, rank)), perChannel(call, call.node(2), rank));
    }

    /** A list (C) as (C, 1, …), to broadcast over (N, C, …). */
    private static Node perChannel(Call call, Node list, int rank) {
        if (list.shape().rank() != 1) {
            throw new IllegalArgumentException("a list (C) is needed, got " + list.shape());
        }
        int[] extents = new int[Math.max(1, rank - 1)];
        Arrays.fill(extents, 1);
        extents[0] = list.shape().extent(0);
        return call.reshape(list, extents);
    }

    /** (x − mean) / √(variance + ε) over {@code axes}. */
    private static Node standardized(Call call, Node x, List<Integer> axes, double epsilon) {
        Node centred = call.minus(x, ReductionRules.mean(call, x, axes));
        Node variance = ReductionRules.mean(call, call.times(centred, centred), axes);
        return call.over(centred, call.emit(new Op.Sqrt(), call.plus(variance, epsilon)));
    }

    private static Node instanceNorm(Call call) {
        Node x = call.node(0);
        int rank = atLeast(x, 3);
        List<Integer> axes = IntStream.range(2, rank).boxed().toList();
        Node standard = standardized(call, x, axes, epsilon(call));
        return call.plus(
                call.times(standard, perChannel(call, call.node(1), rank)), perChannel(call, call.node(2), rank));
    }

    /** Scale and bias are per group before opset 21, per channel from then on. */
    private static Node groupNorm(Call call) {
        call.attributes().ignore("stash_type");
        Node x = call.node(0);
        int rank = atLeast(x, 3);
        int[] extents = x.shape().extents();
        int groups = (int) call.attributes().integer("num_groups", 0);
        if (groups < 1 || extents[1] % groups != 0) {
            throw new IllegalArgumentException(
                    "num_groups must divide %d channels, got %d".formatted(extents[1], groups));
        }
        int each = Extents.product(extents, 1, rank) / groups;
        Node standard = standardized(call, call.reshape(x, extents[0], groups, each), List.of(2), epsilon(call));
        if (call.opset() >= 21) {
            standard = call.reshape(standard, extents);
            return call.plus(
                    call.times(standard, perChannel(call, call.node(1), rank)), perChannel(call, call.node(2), rank));
        }
        Node scaled = call.times(standard, perChannel(call, call.node(1), 3));
        return call.reshape(call.plus(scaled, perChannel(call, call.node(2), 3)), extents);
    }

    private static Node layerNorm(Call call) {
        call.attributes().ignore("stash_type");
        call.onlyFirstOutput();
        Node x = call.node(0);
        int[] extents = x.shape().extents();
        int axis = Call.axis(call.attributes().integer("axis", -1), extents.length);
        int[] normalized = Arrays.copyOfRange(extents, axis, extents.length);
        if (Arrays.stream(normalized).anyMatch(extent -> extent < 0)) {
            throw new Unsupported("images of a batch must not be mixed, got a normalisation from axis " + axis);
        }
        Value bias = call.has(2) ? call.value(2) : Known.number(0);
        return call.emit(
                new Op.LayerNorm(epsilon(call)),
                x,
                Call.node(Structure.expand(call, call.value(1), normalized)),
                Call.node(Structure.expand(call, bias, normalized)));
    }

    private static Node lpNorm(Call call) {
        Node x = call.node(0);
        List<Integer> axes = List.of(
                Call.axis(call.attributes().integer("axis", -1), x.shape().rank()));
        long order = call.attributes().integer("p", 2);
        if (order == 1) {
            return call.over(x, ReductionRules.sum(call, call.emit(new Op.Abs(), x), axes));
        }
        if (order != 2) {
            throw new IllegalArgumentException("p must be 1 or 2, got " + order);
        }
        return call.over(x, call.emit(new Op.Sqrt(), ReductionRules.sum(call, call.times(x, x), axes)));
    }

    /** x / (bias + α · mean of x² over {@code size} channels)^β: the mean is a pooling along the channels. */
    private static Node localResponseNorm(Call call) {
        Node x = call.node(0);
        int[] extents = x.shape().extents();
        atLeast(x, 3);
        int size = (int) call.attributes().integer("size", 0);
        if (size < 1 || size > 1 << 16) {
            throw new IllegalArgumentException("size must be in [1, 65536], got " + size);
        }
        int channels = extents[1];
        int area = Extents.product(extents, 2, extents.length);
        Node squares = call.reshape(call.times(x, x), extents[0], 1, channels, area);
        Node padded =
                IndexRules.zeros(call, squares, new int[] {0, 0, (size - 1) / 2, 0}, new int[] {0, 0, size / 2, 0}, 0);
        Extent window = new Extent(size, 1);
        Node mean = call.emit(new Op.AvgPool2d(window, Extent.square(1), Extent.square(0)), padded);
        Node base = call.plus(
                call.times(call.reshape(mean, extents), call.attributes().real("alpha", 1e-4)),
                call.attributes().real("bias", 1));
        return call.times(x, call.emit(new Op.Power(-call.attributes().real("beta", 0.75)), base));
    }

    private static int atLeast(Node x, int rank) {
        if (x.shape().rank() < rank || x.shape().extent(1) < 0) {
            throw new IllegalArgumentException(
                    "at least (N, C, …) of %d axes is needed, got %s".formatted(rank, x.shape()));
        }
        return x.shape().rank();
    }
}
