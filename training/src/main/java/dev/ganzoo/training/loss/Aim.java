package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one network is trained to make small, as a graph, and what the discriminator must be asked to compute it.
 *
 * @param graph numbers by the names of metrics; the first is what is made small, the others are only told. Its inputs are
 *     the answers to the questions, named by {@link #input}; its parameters are those of the network that learns
 * @param questions for each view, the answers that are needed
 */
public record Aim(Graph graph, List<Question> questions) {
    /**
     * Some images, and what is asked about them.
     *
     * @param view the images
     * @param answers outputs of the discriminator, {@link Verdict#IMAGE_GRADIENT}, {@link Verdict#CLASS_WEIGHTS}, or random
     *     numbers of the view's change
     */
    public record Question(View view, Set<String> answers) {}

    /**
     * The aim that {@code numbers} gives for a judge.
     *
     * @param learner the network that learns: the discriminator itself, or the generator
     * @param classes how many classes the images have
     */
    static Aim of(
            String name,
            Graph discriminator,
            Graph learner,
            int classes,
            Function<Judge, LinkedHashMap<String, Node>> numbers) {
        Judge judge = new Judge(discriminator, classes, learner.parameters());
        Map<String, Node> outputs = numbers.apply(judge);
        List<Question> questions = judge.verdicts().stream()
                .map(verdict -> new Question(verdict.view(), verdict.asked()))
                .toList();
        return new Aim(Graph.of(name, outputs), questions);
    }

    /** The name of the graph's input for an answer about a view. */
    public static String input(View view, String answer) {
        return view + "/" + answer;
    }
}
