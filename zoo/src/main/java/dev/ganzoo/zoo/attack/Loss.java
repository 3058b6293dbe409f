package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.Locale;

/** What an attack on the gradient increases; all are functions of logits, never of probabilities. */
public enum Loss {
    /** The cross entropy with the label; towards a target, the negative of that with the target. */
    CROSS_ENTROPY {
        @Override
        Objective untargeted(int classes, int[] labels) {
            return Objective.crossEntropy(classes, labels);
        }

        @Override
        Objective targeted(int classes, int[] labels, int[] targets) {
            return Objective.crossEntropy(classes, targets).negated();
        }
    },

    /** By how much another logit exceeds the label's; towards a target, by how much the target's exceeds all others. */
    MARGIN {
        @Override
        Objective untargeted(int classes, int[] labels) {
            return Objective.margin(classes, labels);
        }

        @Override
        Objective targeted(int classes, int[] labels, int[] targets) {
            return Objective.margin(classes, targets).negated();
        }
    },

    /** The difference-of-logits ratio, which no scaling or shifting of logits changes (Croce and Hein 2020). */
    DLR {
        @Override
        Objective untargeted(int classes, int[] labels) {
            atLeast(3, classes);
            return Objective.dlr(classes, labels);
        }

        @Override
        Objective targeted(int classes, int[] labels, int[] targets) {
            atLeast(4, classes);
            return Objective.targetedDlr(classes, labels, targets);
        }
    };

    abstract Objective untargeted(int classes, int[] labels);

    abstract Objective targeted(int classes, int[] labels, int[] targets);

    private static void atLeast(int least, int classes) {
        InvalidRequestException.check(
                classes >= least, "loss", "loss dlr needs at least %d classes".formatted(least), classes);
    }

    /**
     * The loss by its name, in any case: {@code cross-entropy}, {@code margin}, {@code dlr}.
     *
     * @throws InvalidRequestException if there is none of this name
     */
    public static Loss parse(String name) {
        for (Loss loss : values()) {
            if (loss.toString().equalsIgnoreCase(name)) {
                return loss;
            }
        }
        throw new InvalidRequestException(
                "loss",
                Suggestions.unknown(
                        "loss",
                        name,
                        Arrays.stream(values()).map(Loss::toString).toList()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
