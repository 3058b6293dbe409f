package dev.ganzoo.zoo;

import dev.ganzoo.zoo.classifier.Softmax;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier makes of an image.
 *
 * @param label the name of the likeliest class
 * @param index of that class
 * @param probabilities of all classes, the softmax of the logits
 */
public record Prediction(String label, int index, List<Double> probabilities) {
    /** Copies the list. */
    public Prediction {
        probabilities = List.copyOf(probabilities);
    }

    /** How likely the likeliest class is, in [0, 1]. */
    public double probability() {
        return probabilities.get(index);
    }

    static List<Prediction> of(Tensor logits, List<String> labels) {
        int classes = labels.size();
        return IntStream.range(0, logits.shape()[0])
                .mapToObj(n -> of(logits.data(), n * classes, labels))
                .toList();
    }

    private static Prediction of(float[] logits, int from, List<String> labels) {
        int classes = labels.size();
        int best = IntStream.range(0, classes)
                .boxed()
                .max(Comparator.comparingDouble(k -> logits[from + k]))
                .orElseThrow();
        double[] probabilities = Softmax.probabilities(logits, from, from + classes);
        return new Prediction(
                labels.get(best), best, Arrays.stream(probabilities).boxed().toList());
    }
}
