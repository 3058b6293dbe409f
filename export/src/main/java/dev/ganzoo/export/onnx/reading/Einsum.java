package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Einstein's notation for one or two inputs, as transposes around one product of matrices.
 *
 * @param left the letter of each axis of the first input
 * @param right the same of the second
 * @param result the same of the result
 */
record Einsum(List<Character> left, List<Character> right, List<Character> result) {
    static Node of(Call call) {
        String equation = call.attributes().text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        String[] terms = sides[0].split(",", -1);
        if (sides.length != 2
                || terms.length > 2
                || terms.length != call.inputCount()
                || !equation.matches("[A-Za-z,]*->[A-Za-z]*")) {
            throw new Unsupported(
                    "an equation must be of one or two inputs, by letters, with its result, got " + equation);
        }
        if (terms.length == 1) {
            Einsum alone = new Einsum(letters(terms[0]), List.of(), letters(sides[1]));
            return alone.arranged(call, call.value(0), alone.left, alone.result);
        }
        return new Einsum(letters(terms[0]), letters(terms[1]), letters(sides[1])).product(call);
    }

    private static List<Character> letters(String term) {
        List<Character> letters = term.chars().mapToObj(letter -> (char) letter).toList();
        if (letters.stream().distinct().count() != letters.size()) {
            throw new Unsupported("diagonals are not read, got " + term);
        }
        return letters;
    }

    private Node product(Call call) {
        Value a = call.value(0);
        Value b = call.value(1);
        List<Character> both = left.stream().filter(right::contains).toList();
        List<Character> outer = both.stream().filter(result::contains).toList();
        List<Character> shared =
                both.stream().filter(letter -> !result.contains(letter)).toList();
        List<Character> rows = only(left, right);
        List<Character> columns = only(right, left);
        Node first = merged(call, arranged(call, a, left, joined(outer, rows, shared)), outer.size(), rows.size());
        Node second =
                merged(call, arranged(call, b, right, joined(outer, shared, columns)), outer.size(), shared.size());
        Node product = call.emit(new Op.MatMul(), first, second);
        List<Character> order = joined(outer, rows, columns);
        int[] extents = order.stream()
                .mapToInt(letter ->
                        left.contains(letter) ? a.extent(left.indexOf(letter)) : b.extent(right.indexOf(letter)))
                .toArray();
        return arranged(call, Traced.floats(call.reshape(product, extents)), order, result);
    }

    /** Letters of one input alone that the result has. */
    private List<Character> only(List<Character> own, List<Character> other) {
        return own.stream()
                .filter(letter -> !other.contains(letter) && result.contains(letter))
                .toList();
    }

    @SafeVarargs
    private static List<Character> joined(List<Character>... parts) {
        List<Character> all = new ArrayList<>();
        Arrays.stream(parts).forEach(all::addAll);
        return all;
    }

    /** {@code value} summed over the letters that are not wanted, its axes in the order of those that are. */
    private Node arranged(Call call, Value value, List<Character> given, List<Character> wanted) {
        if (value.rank() != given.size() || !given.containsAll(wanted)) {
            throw new IllegalArgumentException("axes must be those of the equation, got %s for %s"
                    .formatted(Structure.text(value.extents()), given));
        }
        List<Integer> dropped = IntStream.range(0, given.size())
                .filter(axis -> !wanted.contains(given.get(axis)))
                .boxed()
                .toList();
        Node node = Call.node(value);
        if (dropped.stream().anyMatch(axis -> value.extent(axis) < 0)) {
            throw new Unsupported("images of a batch must not be mixed, got a sum over " + given);
        }
        node = dropped.isEmpty() ? node : call.emit(new Op.Sum(dropped, false), node);
        List<Character> kept = given.stream().filter(wanted::contains).toList();
        List<Integer> order = wanted.stream().map(kept::indexOf).toList();
        return Call.node(Structure.transpose(call, Traced.floats(node), order));
    }

    /** Behind the {@code outer} axes, the next {@code rows} axes as one and the rest as another. */
    private static Node merged(Call call, Node node, int outer, int rows) {
        int[] from = node.shape().extents();
        int[] extents = Arrays.copyOf(from, outer + 2);
        extents[outer] = Extents.product(from, outer, outer + rows);
        extents[outer + 1] = Extents.product(from, outer + rows, from.length);
        return call.reshape(node, extents);
    }
}
