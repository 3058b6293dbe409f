package dev.ganzoo.zoo.latent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * How far from the middle of their distribution latents may lie: less variety for better single images.
 *
 * <p>Two tricks go by the name of truncation, and the same number means different things to them, so each has its name
 * here: {@link #scaled} and {@link #resampled}. Written as text, {@code none}, {@code scaled:0.8} or
 * {@code resampled:1.5}; a plain number stands for {@code scaled}.
 *
 * @param method which of the tricks
 * @param value its number, in (0, 2]; for {@link Method#NONE} infinity
 */
public record Truncation(Method method, double value) {
    /** The most that either trick takes. */
    public static final double MAX = 2;

    /** The ways to truncate. */
    public enum Method {
        /** The plain normal distribution that networks are trained on. */
        NONE,
        /** A normal truncated at ±2, multiplied by ψ. */
        SCALED,
        /** A normal whose components beyond ±threshold are drawn again. */
        RESAMPLED
    }

    /** @throws IllegalArgumentException unless the value is in (0, 2], or infinite for {@link Method#NONE} */
    public Truncation {
        Objects.requireNonNull(method, "method");
        if (method != Method.NONE && !(value > 0 && value <= MAX)) {
            throw new IllegalArgumentException("truncation must be in (0, 2], got " + number(value));
        }
        if (method == Method.NONE) {
            value = Double.POSITIVE_INFINITY;
        }
    }

    /** No truncation: every component is N(0, 1). */
    public static Truncation none() {
        return new Truncation(Method.NONE, Double.POSITIVE_INFINITY);
    }

    /**
     * Every component is N(0, 1) truncated at ±2, times {@code psi}. As ψ falls towards 0 a seed's image moves smoothly
     * towards the one at the origin; 0.8 to 0.9 is a good range for residual generators.
     *
     * @param psi in (0, 2]
     * @throws IllegalArgumentException if it is not
     */
    public static Truncation scaled(double psi) {
        return new Truncation(Method.SCALED, psi);
    }

    /**
     * Every component is N(0, 1) conditioned on lying in ±{@code threshold}: those beyond are drawn again until they do
     * (Brock, Donahue &amp; Simonyan 2019, the truncation trick of BigGAN). Components within stay as they are.
     *
     * @param threshold in (0, 2]
     * @throws IllegalArgumentException if it is not
     */
    public static Truncation resampled(double threshold) {
        return new Truncation(Method.RESAMPLED, threshold);
    }

    /**
     * Reads what {@link #toString} writes, or a plain number for {@link #scaled}.
     *
     * @throws IllegalArgumentException if the text is neither, or its number not in (0, 2]
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Truncation parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (trimmed.equals("none")) {
            return none();
        }
        int colon = trimmed.indexOf(':');
        String method = colon < 0 ? "scaled" : trimmed.substring(0, colon);
        if (!method.equals("scaled") && !method.equals("resampled")) {
            throw unreadable(text);
        }
        double value;
        try {
            value = Double.parseDouble(trimmed.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
        return method.equals("scaled") ? scaled(value) : resampled(value);
    }

    /** {@code none}, {@code scaled:0.8} or {@code resampled:1.5}. */
    @JsonValue
    @Override
    public String toString() {
        return method == Method.NONE ? "none" : method.name().toLowerCase(Locale.ROOT) + ":" + number(value);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "truncation must be none, a number, scaled:number or resampled:number, got \"%s\"".formatted(text));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
