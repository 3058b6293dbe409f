package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Every attack there is, by name, with its default options. */
public final class Attacks {
    private static final OptionalDouble USUAL = OptionalDouble.empty();

    private static final Map<String, Attack> ALL = byName(List.of(
            new RandomSign(Norm.LINF, USUAL),
            new Fgsm(Norm.LINF, USUAL, Loss.CROSS_ENTROPY),
            new Bim(Norm.LINF, USUAL, USUAL, 10, Loss.CROSS_ENTROPY, true),
            new Pgd(Norm.LINF, USUAL, USUAL, 20, 1, true, Loss.CROSS_ENTROPY, true),
            new MiFgsm(Norm.LINF, USUAL, USUAL, 10, 1, Loss.CROSS_ENTROPY, true),
            new Apgd(Norm.LINF, USUAL, 100, 1, true, Loss.CROSS_ENTROPY, true),
            new Apgd(Norm.LINF, USUAL, 100, 1, true, Loss.DLR, true),
            new ApgdTargeted(Norm.LINF, USUAL, 100, 9, true),
            new DeepFool(Norm.L2, 50, 10, 0.02),
            new CarliniWagner(200, 9, 1e-2, 1e-2, 0),
            new Square(Norm.LINF, USUAL, 5_000, 0.8),
            new Course(8)));

    private Attacks() {}

    /** All attacks, in the order of their registration: from the control to the strongest, then those of other kinds. */
    public static List<Attack> all() {
        return List.copyOf(ALL.values());
    }

    /** The names of all attacks. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The attack of this name with its default options.
     *
     * @throws InvalidRequestException if there is none; the message suggests the nearest
     */
    public static Attack named(String name) {
        Attack found = ALL.get(name);
        if (found == null) {
            throw new InvalidRequestException("attack", Suggestions.unknown("attack", name, ALL.keySet()));
        }
        return found;
    }

    static Map<String, Attack> byName(List<Attack> attacks) {
        Map<String, Attack> byName = new LinkedHashMap<>();
        for (Attack attack : attacks) {
            if (byName.put(attack.name(), attack) != null) {
                throw new IllegalStateException("attack \"%s\" is registered twice".formatted(attack.name()));
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
