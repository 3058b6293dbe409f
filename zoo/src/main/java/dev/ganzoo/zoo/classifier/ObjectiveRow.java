package dev.ganzoo.zoo.classifier;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The objective of one image in double arithmetic: its value, and its derivative with respect to the logits. */
record ObjectiveRow(double[] logits, double[] label, double[] target, double[] losses, double[] logitWeights) {
    private static final double TINY = 1e-12;

    double value() {
        double value = dot(logitWeights, logits);
        value += losses[0] == 0 ? 0 : losses[0] * (logSumExp() - dot(label, logits));
        value += losses[1] == 0 ? 0 : losses[1] * margin();
        value += losses[2] == 0 ? 0 : losses[2] * margin() / dlrScale();
        value += losses[3] == 0 ? 0 : losses[3] * towardsTarget() / targetedScale();
        return value;
    }

    double[] cotangent() {
        double[] sum = logitWeights.clone();
        if (losses[0] != 0) {
            double normaliser = logSumExp();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += losses[0] * (Math.exp(logits[k] - normaliser) - label[k]);
            }
        }
        if (losses[1] != 0) {
            addMargin(sum, losses[1]);
        }
        int[] order = order();
        if (losses[2] != 0) {
            addMargin(sum, losses[2] / dlrScale());
            double perScale = losses[2] * margin() / (dlrScale() * dlrScale());
            sum[order[0]] -= perScale;
            sum[order[2]] += perScale;
        }
        if (losses[3] != 0) {
            double scale = targetedScale();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += losses[3] / scale * (target[k] - label[k]);
            }
            double perScale = losses[3] * towardsTarget() / (scale * scale);
            sum[order[0]] -= perScale;
            sum[order[2]] += perScale / 2;
            sum[order[3]] += perScale / 2;
        }
        return sum;
    }

    private void addMargin(double[] sum, double factor) {
        sum[bestOther()] += factor;
        for (int k = 0; k < sum.length; k++) {
            sum[k] -= factor * label[k];
        }
    }

    private double margin() {
        return logits[bestOther()] - dot(label, logits);
    }

    private double towardsTarget() {
        return dot(target, logits) - dot(label, logits);
    }

    private double dlrScale() {
        int[] order = order();
        return logits[order[0]] - logits[order[2]] + TINY;
    }

    private double targetedScale() {
        int[] order = order();
        return logits[order[0]] - (logits[order[2]] + logits[order[3]]) / 2 + TINY;
    }

    private int bestOther() {
        return Arrays.stream(order()).filter(k -> label[k] == 0).findFirst().orElseThrow();
    }

    /** Classes by falling logit; the lower index first among equals. */
    private int[] order() {
        return IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logits[k]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double logSumExp() {
        double most = Arrays.stream(logits).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logits).map(z -> Math.exp(z - most)).sum());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
