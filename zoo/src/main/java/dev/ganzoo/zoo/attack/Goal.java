package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.ClassLookup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where an attack wants predictions to go. */
public sealed interface Goal {
    /** Anywhere but the label. */
    Goal UNTARGETED = new Untargeted();

    /** To the class after the label, and from the last to the first. */
    Goal NEXT_CLASS = new NextClass();

    /** To the class of the smallest logit before the attack. */
    Goal LEAST_LIKELY = new LeastLikely();

    /**
     * The target of one image; empty for none.
     *
     * @param image its position in the request
     * @param label its label
     * @param logits of the image before the attack
     */
    Optional<Integer> target(int image, int label, float[] logits);

    /** For people: {@code untargeted}, {@code next class}, {@code cat}, … */
    String describe(List<String> classNames);

    /** To one class, or to one for each image. */
    static Goal targeted(int... classes) {
        return new Targeted(Arrays.stream(classes).boxed().toList());
    }

    /**
     * The goal by its name, in any case: {@code untargeted}, {@code next-class}, {@code least-likely}; else the class, by
     * name or index.
     *
     * @throws InvalidRequestException if it is none of these
     */
    static Goal parse(String text, List<String> classNames) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "untargeted" -> UNTARGETED;
            case "next-class" -> NEXT_CLASS;
            case "least-likely" -> LEAST_LIKELY;
            default -> targeted(ClassLookup.index("target", text, classNames));
        };
    }

    /** @see #UNTARGETED */
    record Untargeted() implements Goal {
        @Override
        public Optional<Integer> target(int image, int label, float[] logits) {
            return Optional.empty();
        }

        @Override
        public String describe(List<String> classNames) {
            return "untargeted";
        }
    }

    /** @see #NEXT_CLASS */
    record NextClass() implements Goal {
        @Override
        public Optional<Integer> target(int image, int label, float[] logits) {
            return Optional.of((label + 1) % logits.length);
        }

        @Override
        public String describe(List<String> classNames) {
            return "next class";
        }
    }

    /** @see #LEAST_LIKELY */
    record LeastLikely() implements Goal {
        @Override
        public Optional<Integer> target(int image, int label, float[] logits) {
            return IntStream.range(0, logits.length).boxed().min((a, b) -> Float.compare(logits[a], logits[b]));
        }

        @Override
        public String describe(List<String> classNames) {
            return "least likely class";
        }
    }

    /**
     * To given classes.
     *
     * @param classes one for all images, or one for each
     */
    record Targeted(List<Integer> classes) implements Goal {
        public Targeted {
            classes = List.copyOf(classes);
            InvalidRequestException.check(!classes.isEmpty(), "target", "targets must be at least one", "none");
        }

        @Override
        public Optional<Integer> target(int image, int label, float[] logits) {
            return Optional.of(classes.get(classes.size() == 1 ? 0 : image));
        }

        @Override
        public String describe(List<String> classNames) {
            return classes.stream().distinct().map(classNames::get).collect(Collectors.joining(", "));
        }
    }
}
