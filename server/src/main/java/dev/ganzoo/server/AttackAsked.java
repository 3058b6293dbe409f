package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.attack.Attack;
import dev.ganzoo.zoo.attack.AttackOptions;
import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.attack.Attacks;
import dev.ganzoo.zoo.attack.Goal;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What {@code POST …/attack} asks for.
 *
 * @param source the image
 * @param attack with its options
 * @param target a class, or what kind; null for the attack's own
 * @param label the true class, or null for the prediction
 * @param seed that everything random comes from
 */
record AttackAsked(SourceImage source, Attack attack, String target, String label, long seed) {
    private static final List<String> OWN = List.of("attack", "target", "label", "seed");
    private static final Map<String, String> TARGETS =
            Map.of("none", "untargeted", "next", "next-class", "next class", "next-class");

    /** The fields there are. */
    static List<String> known() {
        return Stream.of(SourceImage.FIELDS, OWN, AttackList.options())
                .flatMap(List::stream)
                .toList();
    }

    /** @throws Problem if there is no image, or an attack or option is none */
    static AttackAsked read(Bodies.Upload upload, ServedModels models, Limits limits) {
        Fields fields = upload.fields();
        Attack attack = attack(fields);
        checkPasses(attack, limits.study().passes());
        return new AttackAsked(
                SourceImage.of(upload, models, limits),
                attack,
                fields.has("target") ? fields.classNamed("target") : null,
                fields.has("label") ? fields.classNamed("label") : null,
                fields.has("seed") ? fields.whole("seed") : 0);
    }

    /** @throws Problem if the model has no such class, or no gradient that the attack needs */
    AttackRequest on(AttackRequest request) {
        AttackRequest configured = request.using(attack).seed(seed);
        if (target != null) {
            String goal = TARGETS.getOrDefault(target.toLowerCase(Locale.ROOT), target);
            configured = ofClass(configured, () -> Goal.parse(goal, request.classNames()), AttackRequest::goal);
        }
        return label == null ? configured : ofClass(configured, () -> label, (one, name) -> one.labels(name));
    }

    private static <T> AttackRequest ofClass(
            AttackRequest request, Supplier<T> value, BiFunction<AttackRequest, T, AttackRequest> option) {
        try {
            return option.apply(request, value.get());
        } catch (InvalidRequestException e) {
            throw new Problem(Type.UNKNOWN_CLASS, e.option(), e.getMessage());
        }
    }

    private static Attack attack(Fields fields) {
        Attack attack = Attacks.named(fields.has("attack") ? fields.text("attack") : "pgd");
        Map<String, String> options = AttackList.options(attack);
        for (String name : fields.names()) {
            if (OWN.contains(name) || SourceImage.FIELDS.contains(name)) {
                continue;
            }
            if (!options.containsKey(name)) {
                throw new Problem(
                        Type.UNKNOWN_FIELD,
                        name,
                        "attack \"%s\": %s"
                                .formatted(attack.name(), Suggestions.unknown("option", name, options.keySet())));
            }
            attack = with(attack, options.get(name), name, fields.scalar(name));
        }
        return attack;
    }

    private static Attack with(Attack attack, String option, String name, Object value) {
        try {
            return AttackOptions.with(attack, option, value);
        } catch (InvalidRequestException e) {
            throw new Problem(Type.INVALID_VALUE, name, e.getMessage().replace(option, name));
        }
    }

    /** All options that count something multiply. */
    private static void checkPasses(Attack attack, int most) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        AttackOptions.values(attack).forEach((name, value) -> {
            if (value.matches("\\d{1,9}") && isCount(attack, name)) {
                counts.put(Names.toApi(name), Integer.parseInt(value));
            }
        });
        double passes = counts.values().stream().mapToDouble(count -> count).reduce(1, (a, b) -> a * b);
        if (passes > most) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    counts.keySet().iterator().next(),
                    "passes of one attack must be at most %d, got %s".formatted(most, counts));
        }
    }

    private static boolean isCount(Attack attack, String option) {
        return Stream.of(attack.getClass().getRecordComponents())
                .anyMatch(component -> component.getName().equals(option) && component.getType() == int.class);
    }
}
