package dev.ganzoo.zoo.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Error messages for unknown names that suggest the nearest known one. All methods are pure functions. */
public final class Suggestions {
    private static final int MOST_SUGGESTIONS = 3;
    private static final Pattern WORD_BOUNDARY = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");

    private Suggestions() {}

    /**
     * The message for a name that is not known, for instance {@code unknown model "sngan-prj"; did you mean
     * "sngan-proj"? (known: dcgan, sngan-proj)}. The question is left out where nothing known is near: neither {@link
     * #nearest} by its letters, nor by its words.
     *
     * @param kind what is named, as a noun: {@code "model"}
     * @param given the name that was given
     * @param known all names that would have been right; listed in their order
     */
    public static String unknown(String kind, String given, Collection<String> known) {
        return unknown(kind, given, known, Map.of());
    }

    /**
     * The same where some names are known elsewhere as something else.
     *
     * @param elsewhere by a name in lower case that others use, what it may be called here; those that are not {@code known}
     *     do not count
     */
    public static String unknown(
            String kind, String given, Collection<String> known, Map<String, List<String>> elsewhere) {
        return message(kind, given, near(given, known, elsewhere), known.isEmpty() ? "none" : String.join(", ", known));
    }

    /**
     * The same where the known names need explanation.
     *
     * @param known what each name means, in a few words
     */
    public static String unknown(
            String kind, String given, Map<String, String> known, Map<String, List<String>> elsewhere) {
        String list = known.entrySet().stream()
                .map(name -> name.getKey() + ": " + name.getValue())
                .collect(Collectors.joining("; "));
        return message(kind, given, near(given, known.keySet(), elsewhere), list);
    }

    private static String message(String kind, String given, List<String> near, String list) {
        String question =
                near.isEmpty() ? "" : near.stream().collect(Collectors.joining("\" or \"", "; did you mean \"", "\"?"));
        return "unknown %s \"%s\"%s (known: %s)".formatted(kind, given, question, list);
    }

    private static List<String> near(String given, Collection<String> known, Map<String, List<String>> elsewhere) {
        List<String> renamed = elsewhere.getOrDefault(given.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(known::contains)
                .toList();
        if (!renamed.isEmpty()) {
            return renamed;
        }
        Optional<String> nearest = nearest(given, known);
        return nearest.isPresent() ? List.of(nearest.get()) : sharingWords(given, known);
    }

    /** The known names of which one says all that the other does; none where there are many. */
    private static List<String> sharingWords(String given, Collection<String> known) {
        Set<String> parts = parts(given);
        String whole = String.join("", words(given));
        List<String> sharing = known.stream()
                .filter(name -> parts(name).contains(whole) || parts.contains(String.join("", words(name))))
                .toList();
        return sharing.size() > MOST_SUGGESTIONS ? List.of() : sharing;
    }

    /** All that consecutive words of a name say: {@code batch}, {@code batchsize} and {@code size} of {@code batchSize}. */
    private static Set<String> parts(String name) {
        List<String> words = words(name);
        Set<String> parts = new HashSet<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                String part = String.join("", words.subList(from, to));
                if (part.length() > 1) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    private static List<String> words(String name) {
        return WORD_BOUNDARY
                .splitAsStream(name)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
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
