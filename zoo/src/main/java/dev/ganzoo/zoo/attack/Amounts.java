package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import java.util.OptionalDouble;

/** Amounts of change in units of pixels in [0, 1], which people like to write as {@code 8/255}. */
public final class Amounts {
    private static final double NEARLY = 1e-6;

    private Amounts() {}

    /**
     * A number, or a fraction of two: {@code 0.03}, {@code 8/255}.
     *
     * @param option what the amount is for, to name in the error
     * @throws InvalidRequestException if the text is neither
     */
    public static double parse(String option, String text) {
        String[] parts = text.strip().split("/", -1);
        try {
            double value = Double.parseDouble(parts[0]);
            if (parts.length == 1) {
                return value;
            }
            if (parts.length == 2) {
                return value / Double.parseDouble(parts[1]);
            }
        } catch (NumberFormatException e) {
            throw notAnAmount(option, text);
        }
        throw notAnAmount(option, text);
    }

    /** As {@code 8/255} where it is so many halves of 1/255 and no short decimal fraction, else as a number. */
    public static String describe(double amount) {
        double steps = amount * 255;
        double halves = Math.rint(steps * 2) / 2;
        boolean decimal = Math.abs(amount * 1000 - Math.rint(amount * 1000)) <= NEARLY;
        if (decimal || Math.abs(steps - halves) > NEARLY) {
            return number(amount);
        }
        return number(halves) + "/255";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** An ε that must be sensible in its norm; the usual one where none is given. */
    static double epsilon(OptionalDouble epsilon, Norm norm) {
        return epsilon.orElse(norm.usualEpsilon());
    }

    static void checkEpsilon(OptionalDouble epsilon, Norm norm) {
        if (epsilon.isPresent()) {
            double value = epsilon.getAsDouble();
            if (norm == Norm.LINF) {
                InvalidRequestException.check(
                        value >= 0 && value <= 1,
                        "epsilon",
                        "epsilon must be in [0, 1], in units of pixels in [0, 1] (eight 8-bit steps are 8/255)",
                        value);
            } else {
                InvalidRequestException.check(
                        value >= 0 && Double.isFinite(value), "epsilon", "epsilon must be at least 0", value);
            }
        }
    }

    static void checkStep(OptionalDouble step) {
        if (step.isPresent()) {
            InvalidRequestException.check(
                    step.getAsDouble() > 0 && Double.isFinite(step.getAsDouble()),
                    "step",
                    "step must be positive",
                    step.getAsDouble());
        }
    }

    static void checkAtLeast(String option, double least, double value) {
        InvalidRequestException.check(
                value >= least && Double.isFinite(value),
                option,
                option + " must be at least " + number(least),
                number(value));
    }

    private static InvalidRequestException notAnAmount(String option, String text) {
        return new InvalidRequestException(
                option, "%s must be a number or a fraction such as 8/255, got \"%s\"".formatted(option, text));
    }
}
