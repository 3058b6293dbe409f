package dev.ganzoo.clients.http;

/**
 * How far from the middle of their distribution latents may lie. Two tricks go by the name of truncation: {@link #scaled}
 * and {@link #resampled}; the same number means different things to them. The server checks the number.
 *
 * @param text as the API has it: {@code none}, {@code scaled:0.8} or {@code resampled:1.5}
 */
public record Truncation(String text) {
    /** No truncation. */
    public static Truncation none() {
        return new Truncation("none");
    }

    /** Components from a normal truncated at ±2, times {@code psi} in (0, 2]. */
    public static Truncation scaled(double psi) {
        return new Truncation("scaled:" + psi);
    }

    /** Components beyond ±{@code threshold} in (0, 2] are drawn again (Brock, Donahue &amp; Simonyan 2019). */
    public static Truncation resampled(double threshold) {
        return new Truncation("resampled:" + threshold);
    }

    @Override
    public String toString() {
        return text;
    }
}
