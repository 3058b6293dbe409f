package dev.ganzoo.zoo;

import dev.ganzoo.zoo.latent.Latents;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which class each sample of a request has. */
sealed interface ClassChoice {
    /** The label of sample {@code index}, or -1 if it has none or several. */
    int label(long seed, long index);

    /** A row of class weights that sums to 1; empty for an unconditional model. */
    float[] weights(long seed, long index);

    /** For people: {@code ship}, {@code random}, … */
    String describe(List<String> labels);

    /** The model knows no classes. */
    record None() implements ClassChoice {
        @Override
        public int label(long seed, long index) {
            return -1;
        }

        @Override
        public float[] weights(long seed, long index) {
            return new float[0];
        }

        @Override
        public String describe(List<String> labels) {
            return "none";
        }
    }

    /** Each sample's own, all of {@code classes} equally likely. */
    record AtRandom(int classes) implements ClassChoice {
        @Override
        public int label(long seed, long index) {
            return Latents.label(seed, index, classes);
        }

        @Override
        public float[] weights(long seed, long index) {
            return oneHot(label(seed, index), classes);
        }

        @Override
        public String describe(List<String> labels) {
            return "random";
        }
    }

    /** One after the other, and again from the first; {@code countEach} if the count is that of each class. */
    record InTurn(List<Integer> turn, int classes, boolean countEach) implements ClassChoice {
        @Override
        public int label(long seed, long index) {
            return turn.get((int) Math.floorMod(index, (long) turn.size()));
        }

        @Override
        public float[] weights(long seed, long index) {
            return oneHot(label(seed, index), classes);
        }

        @Override
        public String describe(List<String> labels) {
            return turn.stream().map(labels::get).collect(Collectors.joining(", "));
        }
    }

    /** The same mixture within every image. */
    record Blend(float[] mixture) implements ClassChoice {
        @Override
        public int label(long seed, long index) {
            return -1;
        }

        @Override
        public float[] weights(long seed, long index) {
            return mixture.clone();
        }

        @Override
        public String describe(List<String> labels) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < mixture.length; k++) {
                if (mixture[k] > 0) {
                    text.append(text.isEmpty() ? "" : " + ")
                            .append(mixture[k])
                            .append(' ')
                            .append(labels.get(k));
                }
            }
            return text.toString();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Blend that && Arrays.equals(mixture, that.mixture);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(mixture);
        }
    }

    static float[] oneHot(int label, int classes) {
        float[] weights = new float[classes];
        weights[label] = 1;
        return weights;
    }
}
