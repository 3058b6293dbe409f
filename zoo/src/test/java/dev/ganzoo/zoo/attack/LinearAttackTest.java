package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.MlpNetwork;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On two linear classes, the difference of logits {@code w · x + b}, everything has a closed form. */
@Tag("pure")
class LinearAttackTest {
    private static final double[] WEIGHTS = {3, -2, 1, 0, -4, 0.5};
    private static final double BIAS = 0.4;
    private static final MlpNetwork NETWORK =
            MlpNetwork.linear(new ImageShape(1, 2, 3), new double[][] {new double[6], WEIGHTS}, new double[] {0, BIAS});
    private static final Tensor IMAGE = Tensor.of(new float[] {0.5f, 0.4f, 0.6f, 0.5f, 0.3f, 0.5f}, 1, 1, 2, 3);

    private static AttackRequest attack() {
        return AttackRequest.of(NETWORK, List.of("no", "yes"), IMAGE);
    }

    private static double difference(Tensor image) {
        double sum = BIAS;
        for (int j = 0; j < WEIGHTS.length; j++) {
            sum += WEIGHTS[j] * image.data()[j];
        }
        return sum;
    }

    private static double length() {
        double squares = 0;
        for (double w : WEIGHTS) {
            squares += w * w;
        }
        return Math.sqrt(squares);
    }

    @Test
    void fgsmAndPgdGoAgainstTheSignsOfTheWeights() {
        assertThat(difference(IMAGE)).isPositive();
        for (String name : List.of("fgsm", "bim", "pgd", "apgd")) {
            AttackRequest request = attack().using(name).epsilon(8, 255);
            request = name.equals("fgsm") ? request : request.earlyStop(false);
            Tensor perturbed = request.run().perturbed();
            for (int j = 0; j < WEIGHTS.length; j++) {
                double sign = -Math.signum(WEIGHTS[j]);
                double wanted = IMAGE.data()[j] + sign * 8 / 255;
                assertThat((double) perturbed.data()[j])
                        .as("%s, value %d", name, j)
                        .isCloseTo(wanted, within(sign == 0 ? 8 / 255.0 : 1e-6));
            }
        }
    }

    @Test
    void l2StepsGoAgainstTheWeights() {
        for (String name : List.of("fgsm", "bim", "pgd", "apgd", "mi-fgsm")) {
            AttackRequest request = attack().using(name).norm(Norm.L2).epsilon(0.1);
            request = name.equals("fgsm") ? request : request.earlyStop(false);
            // From a random point of the ball steps of one length only come near in so few steps.
            request = name.equals("pgd") ? request.randomStart(false) : request;
            Tensor perturbed = request.run().perturbed();
            for (int j = 0; j < WEIGHTS.length; j++) {
                assertThat((double) perturbed.data()[j])
                        .as("%s, value %d", name, j)
                        .isCloseTo(
                                IMAGE.data()[j] - 0.1 * WEIGHTS[j] / length(),
                                within(name.equals("apgd") ? 1e-3 : 1e-6));
            }
        }
    }

    @Test
    void deepFoolFindsTheNearestPointBeyondTheBoundary() {
        double distance = difference(IMAGE) / length();
        AttackedImage l2 = attack().deepFool().run().images().get(0);
        assertThat(l2.succeeded()).isTrue();
        assertThat(l2.after().l2()).isCloseTo(1.02 * (distance + 1e-4 / length()), within(1e-6));
        double weights = 0;
        for (double w : WEIGHTS) {
            weights += Math.abs(w);
        }
        AttackedImage linf = attack().deepFool().norm(Norm.LINF).run().images().get(0);
        assertThat(linf.succeeded()).isTrue();
        assertThat(linf.after().linf()).isCloseTo(1.02 * (difference(IMAGE) + 1e-4) / weights, within(1e-6));
    }

    @Test
    void carliniWagnerComesCloseToTheNearestPoint() {
        AttackedImage image =
                attack().carliniWagner().option("steps", 1000).run().images().get(0);
        assertThat(image.succeeded()).isTrue();
        assertThat(image.after().l2()).isBetween(difference(IMAGE) / length(), 1.02 * difference(IMAGE) / length());
    }

    @Test
    void squareSucceedsWhereItCanAndOnlyThere() {
        double least = 0;
        for (double w : WEIGHTS) {
            least += Math.abs(w);
        }
        double needed = difference(IMAGE) / least;
        AttackRequest square = AttackRequest.of(NETWORK.withoutGradient(), List.of(), IMAGE)
                .square()
                .queries(500);
        assertThat(square.epsilon(1.2 * needed).run().successRate()).isEqualTo(1);
        AttackResult hopeless = square.epsilon(0.9 * needed).run();
        assertThat(hopeless.successRate()).isZero();
        assertThat(hopeless.images().get(0).queries()).isEqualTo(500);
        assertThat(hopeless.images().get(0).gradientEvaluations()).isZero();
        assertThat(hopeless.gradient()).isEmpty();
    }

    @Test
    void theCourseStepsTowardsTheNextClass() {
        AttackResult result = attack().course().labels("yes").run();
        assertThat(result.images().get(0).target()).isZero();
        assertThat(result.perturbed())
                .isEqualTo(attack().fgsm().epsilon(8, 255).targeted("no").run().perturbed());
        Tensor gradient = result.gradientImages().orElseThrow();
        assertThat(gradient.data()).contains(0, 1);
    }

    @Test
    void aConstantNetworkIsFlagged() {
        MlpNetwork constant = MlpNetwork.linear(new ImageShape(1, 2, 3), new double[2][6], new double[] {0, 1});
        AttackResult result = AttackRequest.of(constant, List.of(), IMAGE).pgd().run();
        assertThat(result.zeroGradients()).isEqualTo(1);
        assertThat(result.successRate()).isZero();
        assertThat(attack().pgd().run().zeroGradients()).isZero();
    }
}
