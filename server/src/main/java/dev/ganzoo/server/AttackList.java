package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.attack.Attack;
import dev.ganzoo.zoo.attack.AttackOptions;
import dev.ganzoo.zoo.attack.Attacks;
import dev.ganzoo.zoo.attack.Norm;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What attacks there are and what options they have, for clients that offer them. */
final class AttackList {
    private AttackList() {}

    /** An attack's options by their names in the API, with their names in Java. */
    static Map<String, String> options(Attack attack) {
        Map<String, String> names = new LinkedHashMap<>();
        AttackOptions.names(attack).forEach(name -> names.put(Names.toApi(name), name));
        return names;
    }

    /** All options that some attack has, by their names in the API. */
    static List<String> options() {
        return Attacks.all().stream()
                .flatMap(attack -> options(attack).keySet().stream())
                .distinct()
                .toList();
    }

    static ObjectNode json() {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("attacks");
        Attacks.all().forEach(attack -> all.add(describe(attack)));
        for (String goal : List.of("none", "next", "least-likely")) {
            answer.withArrayProperty("targets").add(goal);
        }
        ObjectNode usual = answer.putObject("usual_epsilon");
        for (Norm norm : Norm.values()) {
            usual.put(norm.toString(), norm.usualEpsilon());
        }
        return answer;
    }

    private static ObjectNode describe(Attack attack) {
        ObjectNode described = Json.object();
        described.put("name", attack.name());
        described.put("description", attack.description());
        described.put("needs_gradient", attack.needsGradient());
        described.put("minimizes_norm", attack.minimizesNorm());
        described.put("target", attack.defaultGoal().describe(List.of()).replace("untargeted", "none"));
        ArrayNode options = described.putArray("options");
        Map<String, String> defaults = AttackOptions.values(attack);
        for (RecordComponent component : attack.getClass().getRecordComponents()) {
            ObjectNode option = options.addObject();
            option.put("name", Names.toApi(component.getName()));
            type(option, component.getType());
            option.put("default", defaults.get(component.getName()));
        }
        return described;
    }

    private static void type(ObjectNode option, Class<?> type) {
        if (type.isEnum()) {
            option.put("type", "choice");
            ArrayNode values = option.putArray("values");
            for (Object value : type.getEnumConstants()) {
                values.add(value.toString());
            }
        } else if (type == int.class) {
            option.put("type", "integer");
        } else if (type == boolean.class) {
            option.put("type", "flag");
        } else {
            // An amount is a number or a fraction such as 8/255, and may be left to the attack.
            option.put("type", type == OptionalDouble.class ? "amount" : "number");
        }
    }
}
