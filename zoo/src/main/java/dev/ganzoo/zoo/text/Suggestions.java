package dev.ganzoo.zoo.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Error messages for unknown names that suggest the nearest known one. All methods are pure functions. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The message for a name that is not known, for instance {@code unknown model "sngan-prj"; did you mean
     * "sngan-proj"? (known: dcgan, sngan-proj)}. The question is left out where nothing known is near.
     *
     * @param kind what is named, as a noun: {@code "model"}
     * @param given the name that was given
     * @param known all names that would have been right; listed in their order
     */
    public static String unknown(String kind, String given, Collection<String> known) {
        String question =
                nearest(given, known).map("; did you mean \"%s\"?"::formatted).orElse("");
        String list = known.isEmpty() ? "none" : String.join(", ", known);
        return "unknown %s \"%s\"%s (known: %s)".formatted(kind, given, question, list);
    }

    /**
     * The known name with the fewest typing errors between it and {@code given}, ignoring case; the first of equals.
     * Empty where even that one differs in more than a third of its characters (and in more than one).
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(given, name) <= Math.max(1, Math.max(given.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /** Edits between two names, ignoring case: insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
