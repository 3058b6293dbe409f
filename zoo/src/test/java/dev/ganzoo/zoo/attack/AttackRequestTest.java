package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.MlpNetwork;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class AttackRequestTest {
    private static final MlpNetwork NETWORK = MlpNetwork.linear(
            new ImageShape(1, 2, 2),
            new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}},
            new double[4]);
    private static final List<String> NAMES = List.of("cat", "dog", "ship", "truck");
    private static final Tensor IMAGES = Tensor.of(new float[] {.9f, .5f, .4f, .1f, .2f, .4f, .8f, .3f}, 2, 1, 2, 2);

    private static AttackRequest attack() {
        return AttackRequest.of(NETWORK, NAMES, IMAGES);
    }

    private static void refused(ThrowingCallable request, String option, String message) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.option()).isEqualTo(option))
                .hasMessage(message);
    }

    @Test
    void optionsComeBeforeOrAfterTheAttack() {
        Attack expected =
                new Pgd(Norm.L2, OptionalDouble.of(0.5), OptionalDouble.of(2 / 255.0), 7, 2, false, Loss.MARGIN, false);
        assertThat(attack().pgd()
                        .norm(Norm.L2)
                        .epsilon(0.5)
                        .step(2, 255)
                        .steps(7)
                        .restarts(2)
                        .randomStart(false)
                        .loss(Loss.MARGIN)
                        .earlyStop(false)
                        .attack())
                .isEqualTo(expected);
        assertThat(attack().epsilon("8/255").steps(3).bim().attack())
                .isEqualTo(
                        AttackOptions.with(AttackOptions.with(Attacks.named("bim"), "steps", 3), "epsilon", "8/255"));
    }

    @Test
    void goalsChooseTargets() {
        assertThat(targets(attack().targeted("DOG"))).containsExactly(1, 1);
        assertThat(targets(attack().targeted("3", "cat"))).containsExactly(3, 0);
        assertThat(targets(attack().nextClass().labels(3, 1))).containsExactly(0, 2);
        assertThat(targets(attack().leastLikely())).containsExactly(3, 0);
        assertThat(targets(attack().labels("cat", "ship"))).containsExactly(-1, -1);
        assertThat(targets(attack().course())).containsExactly(1, 3);
        assertThat(targets(attack().course().untargeted())).containsExactly(-1, -1);
        assertThat(Goal.parse("least-likely", NAMES)).isEqualTo(Goal.LEAST_LIKELY);
        assertThat(Goal.parse("ship", NAMES)).isEqualTo(Goal.targeted(2));
    }

    private static List<Integer> targets(AttackRequest request) {
        return request.run().images().stream().map(AttackedImage::target).toList();
    }

    @Test
    void successIsJudgedByLabelAndByPrediction() {
        AttackedImage image =
                attack().fgsm().epsilon(0).labels("dog", "ship").run().images().get(0);
        assertThat(image.before().prediction()).isZero();
        assertThat(image.after().leavesLabel()).isTrue();
        assertThat(image.after().leavesPrediction()).isFalse();
        assertThat(image.succeeded()).isTrue();
        AttackedImage other = attack().fgsm()
                .epsilon(0.3)
                .labels("dog", "ship")
                .targeted("dog")
                .run()
                .images()
                .get(0);
        assertThat(other.after().prediction()).isEqualTo(1);
        assertThat(other.after().leavesLabel()).isFalse();
        assertThat(other.after().leavesPrediction()).isTrue();
        assertThat(other.succeeded()).isTrue();
    }

    @Test
    void roundingIsToTheNearestAndPredictedAgain() {
        // The margin of half a step of 8 bits is undone by rounding.
        Tensor image = Tensor.of(new float[] {100 / 255f, 99 / 255f, 0, 0}, 1, 1, 2, 2);
        AttackResult result =
                AttackRequest.of(NETWORK, NAMES, image).fgsm().epsilon(0.6, 255).run();
        assertThat(result.accuracyBefore()).isEqualTo(1);
        assertThat(result.accuracyAfter()).isZero();
        assertThat(result.bytes()).containsExactly(99, 100, 1, 1);
        AttackResult less = AttackRequest.of(NETWORK, NAMES, image)
                .fgsm()
                .epsilon(0.501, 255)
                .run();
        assertThat(less.bytes()[0]).isEqualTo((byte) 99);
        AttackResult least =
                AttackRequest.of(NETWORK, NAMES, image).fgsm().epsilon(0.4, 255).run();
        assertThat(least.bytes()).containsExactly(100, 99, 0, 0);
        assertThat(least.images().get(0).rounded().linf()).isZero();
        assertThat(least.images().get(0).after().linf()).isCloseTo(0.4 / 255, within(1e-7));
    }

    @Test
    void progressIsTold() {
        List<String> told = new ArrayList<>();
        attack().fgsm()
                .batch(1)
                .listener((done, total) -> told.add(done + "/" + total))
                .run();
        assertThat(told).containsExactly("0/2", "1/2", "2/2");
    }

    @Test
    void figuresAreDrawn() {
        AttackResult result = attack().pgd().run();
        assertThat(result.figures(2).getHeight()).isGreaterThan(result.figure(0).getHeight());
        assertThat(result.perturbedGrid().png()).isNotEmpty();
        assertThat(result.gradientGrid()).isPresent();
        assertThat(result.toString()).startsWith("pgd (norm linf, steps 20,").contains("untargeted");
    }

    @Test
    void mistakesAreNamed() {
        refused(
                () -> attack().using("pdg"),
                "attack",
                "unknown attack \"pdg\"; did you mean \"pgd\"? (known: " + String.join(", ", Attacks.names()) + ")");
        refused(
                () -> attack().fgsm().steps(3),
                "steps",
                "attack \"fgsm\": unknown option \"steps\" (known: norm, epsilon, loss)");
        refused(
                () -> attack().epsilon(8),
                "epsilon",
                "epsilon must be in [0, 1], in units of pixels in [0, 1] (eight 8-bit steps are 8/255), got 8.0");
        refused(
                () -> attack().epsilon("eight"),
                "epsilon",
                "epsilon must be a number or a fraction such as 8/255, got \"eight\"");
        refused(() -> attack().steps(0), "steps", "steps must be at least 1, got 0");
        refused(() -> attack().step(-1), "step", "step must be positive, got -1.0");
        refused(() -> attack().option("steps", "many"), "steps", "steps must be a whole number, got many");
        refused(
                () -> attack().option("norm", "l3"),
                "norm",
                "unknown norm \"l3\"; did you mean \"l2\"? (known: linf, l2)");
        refused(
                () -> attack().targeted("dgo"),
                "target",
                "unknown class \"dgo\"; did you mean \"dog\"? (known: cat, dog, ship, truck)");
        refused(() -> attack().targeted(4), "target", "target must be in 0..3, got 4");
        refused(() -> attack().targeted(0, 1, 2), "target", "targets must be one, or one for each of 2 images, got 3");
        refused(() -> attack().labels(0), "label", "labels must be as many as images, 2, got 1");
        refused(
                () -> AttackRequest.of(NETWORK.withoutGradient(), NAMES, IMAGES).run(),
                "attack",
                "the model has no gradients, so that the attack must be one of random-sign, square, got pgd");
        refused(
                () -> AttackRequest.of(NETWORK, NAMES, Tensor.zeros(2, 4)),
                "images",
                "images must have shape (N, C, H, W) with (C, H, W) = (1, 2, 2), got [2, 4]");
        refused(
                () -> AttackRequest.of(NETWORK, NAMES, Tensor.of(new float[] {0, 0, 0, 255}, 1, 1, 2, 2)),
                "images",
                "images must have values in [0, 1], got 255.0");
        refused(() -> AttackRequest.of(NETWORK, List.of("cat"), IMAGES), "classNames", "class names must be 4, got 1");
    }
}
