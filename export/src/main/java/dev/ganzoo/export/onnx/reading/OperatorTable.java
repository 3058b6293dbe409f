package dev.ganzoo.export.onnx.reading;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Every operator that is read, one rule each. */
final class OperatorTable {
    private static final Map<String, Operator> OPERATORS = build();

    private OperatorTable() {}

    /** The operator of that name, or null. */
    static Operator find(String name) {
        return OPERATORS.get(name);
    }

    /** All operators by name. */
    static Collection<Operator> all() {
        return OPERATORS.values();
    }

    private static Map<String, Operator> build() {
        Builder table = new Builder();
        ConstantRules.addTo(table);
        ElementwiseRules.addTo(table);
        ActivationRules.addTo(table);
        ReshapeRules.addTo(table);
        IndexRules.addTo(table);
        ReductionRules.addTo(table);
        NormalizationRules.addTo(table);
        WindowRules.addTo(table);
        ProductRules.addTo(table);
        ResizeRules.addTo(table);
        return Collections.unmodifiableMap(table.rows);
    }

    /** Collects rows; a second rule for one operator is a mistake. */
    static final class Builder {
        private final Map<String, Operator> rows = new TreeMap<>();

        Builder add(String name, Rule rule) {
            return add(name, rule, "");
        }

        Builder add(String name, Rule rule, String limits) {
            if (rows.put(name, new Operator(name, rule, limits)) != null) {
                throw new IllegalStateException("operators must have one rule, %s has two".formatted(name));
            }
            return this;
        }
    }
}
