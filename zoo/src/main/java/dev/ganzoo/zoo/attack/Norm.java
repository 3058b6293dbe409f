package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How large a perturbation is: by its largest change of a value, or by its Euclidean length over all values. */
public enum Norm {
    /** The largest change of any value. */
    LINF(8 / 255.0) {
        @Override
        public double of(float[] delta) {
            double most = 0;
            for (float d : delta) {
                most = Math.max(most, Math.abs(d));
            }
            return most;
        }

        @Override
        void project(float[] point, float[] centre, double epsilon) {
            for (int i = 0; i < point.length; i++) {
                point[i] = (float) Math.max(centre[i] - epsilon, Math.min(centre[i] + epsilon, point[i]));
            }
        }

        @Override
        void step(float[] point, float[] direction, double size) {
            for (int i = 0; i < point.length; i++) {
                point[i] = (float) (point[i] + size * Math.signum(direction[i]));
            }
        }

        @Override
        float[] within(RandomGenerator random, int length, double epsilon) {
            float[] delta = new float[length];
            for (int i = 0; i < length; i++) {
                delta[i] = (float) (epsilon * (2 * random.nextDouble() - 1));
            }
            return delta;
        }
    },

    /** The Euclidean length of the change. */
    L2(128 / 255.0) {
        @Override
        public double of(float[] delta) {
            double squares = 0;
            for (float d : delta) {
                squares += (double) d * d;
            }
            return Math.sqrt(squares);
        }

        @Override
        void project(float[] point, float[] centre, double epsilon) {
            double distance = of(Vectors.difference(point, centre));
            if (distance > epsilon) {
                for (int i = 0; i < point.length; i++) {
                    point[i] = (float) (centre[i] + ((double) point[i] - centre[i]) * epsilon / distance);
                }
            }
        }

        @Override
        void step(float[] point, float[] direction, double size) {
            double length = of(direction);
            if (length > 0) {
                Vectors.add(point, size / length, direction);
            }
        }

        @Override
        float[] within(RandomGenerator random, int length, double epsilon) {
            float[] direction = new float[length];
            for (int i = 0; i < length; i++) {
                direction[i] = (float) random.nextGaussian();
            }
            float[] delta = new float[length];
            step(delta, direction, epsilon * Math.pow(random.nextDouble(), 1.0 / length));
            return delta;
        }
    };

    private final double usualEpsilon;

    Norm(double usualEpsilon) {
        this.usualEpsilon = usualEpsilon;
    }

    /** The size of a perturbation. */
    public abstract double of(float[] delta);

    /** Moves {@code point} to the nearest point of the ball around {@code centre}. */
    abstract void project(float[] point, float[] centre, double epsilon);

    /** Moves {@code point} by {@code size} where a linear function of gradient {@code direction} rises fastest. */
    abstract void step(float[] point, float[] direction, double size);

    /** A perturbation drawn uniformly from the ball. */
    abstract float[] within(RandomGenerator random, int length, double epsilon);

    /** The ε that robustness is usually reported for: 8/255, or 128/255 (about 0.5) for {@link #L2}. */
    public double usualEpsilon() {
        return usualEpsilon;
    }

    /**
     * The norm by its name, in any case: {@code linf}, {@code l2}.
     *
     * @throws InvalidRequestException if there is none of this name
     */
    public static Norm parse(String name) {
        for (Norm norm : values()) {
            if (norm.toString().equalsIgnoreCase(name)) {
                return norm;
            }
        }
        throw new InvalidRequestException("norm", Suggestions.unknown("norm", name, List.of("linf", "l2")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
