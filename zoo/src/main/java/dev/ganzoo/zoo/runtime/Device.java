package dev.ganzoo.zoo.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where networks run. Written as text, {@code auto}, {@code cpu} or {@code cuda:0}.
 *
 * @param kind the kind of device
 * @param index which of that kind, from 0
 */
public record Device(Kind kind, int index) {
    /** The kinds of devices. */
    public enum Kind {
        /** The first CUDA device if there is one that works, else the CPU. */
        AUTO,
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /** The first CUDA device if there is one that works, else the CPU. */
    public static Device auto() {
        return new Device(Kind.AUTO, 0);
    }

    /** The processor. */
    public static Device cpu() {
        return new Device(Kind.CPU, 0);
    }

    /** GPU {@code index}, from 0. */
    public static Device cuda(int index) {
        return new Device(Kind.CUDA, index);
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} (the first) or {@code cuda:1}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Device parse(String text) {
        Matcher cuda = CUDA.matcher(text);
        if (cuda.matches()) {
            return cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        return switch (text) {
            case "auto" -> auto();
            case "cpu" -> cpu();
            default ->
                throw new IllegalArgumentException(
                        "device must be auto, cpu or cuda:index, got \"%s\"".formatted(text));
        };
    }

    /** {@code auto}, {@code cpu} or {@code cuda:0}. */
    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case CUDA -> "cuda:" + index;
        };
    }
}
