package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each of several rules does to the cost of a graph: the cost before, and after each rule joins those before it. A rule
 * may do nothing alone and much together with a later one, to which the effect is then counted.
 *
 * @param before the cost of the graph as it was
 * @param steps one for each rule, in order
 */
public record Explanation(Cost before, List<Step> steps) {
    private static final String ROW = "%-34s %7s %16s %14s%n";

    /**
     * A rule's part.
     *
     * @param rule its name
     * @param after the cost under this rule and those before it
     */
    public record Step(String rule, Cost after) {}

    /** What {@code rules} do to {@code graph}. */
    public static Explanation of(Graph graph, List<Rule> rules) {
        List<Step> steps = new ArrayList<>();
        for (int count = 1; count <= rules.size(); count++) {
            Graph after = Rewriter.with(rules.subList(0, count)).rewrite(graph);
            steps.add(new Step(rules.get(count - 1).name(), Cost.of(after)));
        }
        return new Explanation(Cost.of(graph), List.copyOf(steps));
    }

    /** The cost under all rules. */
    public Cost after() {
        return steps.isEmpty() ? before : steps.get(steps.size() - 1).after();
    }

    /** A table for people: the rules that changed something, and the names of the others. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(row("after the rule", "nodes", "multiply-adds", "bytes"));
        text.append(row("(as it was)", before));
        List<String> silent = new ArrayList<>();
        Cost last = before;
        for (Step step : steps) {
            if (step.after().equals(last)) {
                silent.add(step.rule());
            } else {
                text.append(row(step.rule(), step.after()));
            }
            last = step.after();
        }
        if (!silent.isEmpty()) {
            text.append("nothing to do for ").append(String.join(", ", silent)).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String row(String rule, Cost cost) {
        return row(rule, number(cost.nodes()), number(cost.multiplyAdds()), number(cost.bytes()));
    }

    private static String row(String rule, String nodes, String multiplyAdds, String bytes) {
        return ROW.formatted(rule, nodes, multiplyAdds, bytes);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
