package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every attack, over the registry. */
@Tag("pure")
class AttackInvariantsTest {
    static Stream<Attack> attacks() {
        return Attacks.all().stream().map(AttackInvariantsTest::brief);
    }

    static Stream<Arguments> attacksWithEpsilon() {
        return attacks()
                .filter(attack -> AttackOptions.has(attack, "epsilon"))
                .flatMap(attack -> Stream.of(Norm.values()).map(norm -> Arguments.of(attack, norm)));
    }

    /** Fewer steps, so that tests are quick. */
    private static Attack brief(Attack attack) {
        Attack brief = AttackOptions.has(attack, "queries") ? AttackOptions.with(attack, "queries", 200) : attack;
        brief = AttackOptions.has(brief, "searches") ? AttackOptions.with(brief, "searches", 4) : brief;
        return AttackOptions.has(brief, "steps") ? AttackOptions.with(brief, "steps", 20) : brief;
    }

    @ParameterizedTest
    @MethodSource("attacksWithEpsilon")
    void nothingChangesForEpsilonZero(Attack attack, Norm norm) {
        AttackResult result = RecordedClassifier.attackMore()
                .using(attack)
                .norm(norm)
                .epsilon(0)
                .run();
        assertThat(result.perturbed()).isEqualTo(result.original());
        assertThat(result.accuracyAfter()).isEqualTo(result.accuracyBefore());
    }

    @ParameterizedTest
    @MethodSource("attacksWithEpsilon")
    void perturbationsStayWithinEpsilon(Attack attack, Norm norm) {
        double epsilon = norm == Norm.LINF ? 8 / 255.0 : 0.5;
        AttackRequest request =
                RecordedClassifier.attackMore().using(attack).norm(norm).epsilon(epsilon);
        for (AttackRequest any : List.of(request, request.nextClass())) {
            for (AttackedImage image : any.run().images()) {
                assertThat(image.after().norm(norm)).isLessThanOrEqualTo(epsilon + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void valuesStayInRange(Attack attack) {
        Tensor images = RecordedClassifier.tensor("images");
        float[] extreme = images.data().clone();
        for (int i = 0; i < extreme.length; i += 2) {
            extreme[i] = i % 4 == 0 ? 0 : 1;
        }
        AttackRequest request = AttackRequest.of(
                        RecordedClassifier.NETWORK, List.of(), new Tensor(images.shape(), extreme))
                .using(attack);
        request = AttackOptions.has(attack, "epsilon") ? request.epsilon(0.3) : request;
        for (float value : request.run().perturbed().data()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anImageIsPerturbedTheSameInAnyBatch(Attack attack) {
        AttackRequest request = RecordedClassifier.attackMore().using(attack).seed(5);
        AttackResult together = request.run();
        assertThat(request.batch(7).run().perturbed()).isEqualTo(together.perturbed());

        int[] shape = together.original().shape();
        Tensor alone = together.image(together.original(), 11);
        Tensor perturbed = AttackRequest.of(RecordedClassifier.NETWORK, List.of(), alone)
                .labels(RecordedClassifier.labels("control/labels")[11])
                .using(attack)
                .seed(5)
                .firstIndex(11)
                .run()
                .perturbed();
        assertThat(perturbed).isEqualTo(together.image(together.perturbed(), 11));
        assertThat(shape[0]).isEqualTo(96);
    }

    @Test
    void seedsDiffer() {
        AttackRequest request = RecordedClassifier.attack().randomSign();
        assertThat(request.seed(1).run().perturbed())
                .isEqualTo(request.seed(1).run().perturbed())
                .isNotEqualTo(request.seed(2).run().perturbed());
    }

    @Test
    void accuracyFallsFromNoiseToGradientToSearch() {
        AttackRequest request = RecordedClassifier.attackMore().epsilon(6, 255);
        double[] accuracy = Stream.of("random-sign", "fgsm", "pgd", "apgd", "apgd-t")
                .mapToDouble(name -> request.using(name).run().accuracyAfter())
                .toArray();
        assertThat(accuracy[0]).isGreaterThan(accuracy[1] + 0.3);
        assertThat(accuracy[1]).isGreaterThanOrEqualTo(accuracy[2]);
        assertThat(accuracy[2]).isGreaterThanOrEqualTo(accuracy[3]);
        assertThat(accuracy[3]).isGreaterThanOrEqualTo(accuracy[4]);
        assertThat(accuracy[1]).isGreaterThan(accuracy[4]);
    }

    @Test
    void restartsAndStepsHelpAndEarlyStopDoesNotHurt() {
        AttackRequest request =
                RecordedClassifier.attackMore().pgd().epsilon(6, 255).steps(5);
        double once = request.run().accuracyAfter();
        AttackResult more = request.restarts(4).run();
        assertThat(more.accuracyAfter()).isLessThanOrEqualTo(once);
        AttackResult thorough = request.earlyStop(false).run();
        assertThat(thorough.accuracyAfter()).isLessThanOrEqualTo(once + 0.05);
        assertThat(thorough.images())
                .allSatisfy(image -> assertThat(image.gradientEvaluations()).isEqualTo(5));
        assertThat(request.run().meanGradientEvaluations()).isLessThan(5);
    }

    @Test
    void squareComesCloseToGradients() {
        AttackRequest request = RecordedClassifier.attackMore().epsilon(6, 255);
        double square = request.square().queries(1000).run().accuracyAfter();
        double noise = request.randomSign().run().accuracyAfter();
        double pgd = request.pgd().run().accuracyAfter();
        assertThat(square).isLessThan((noise + pgd) / 2);
        AttackRequest l2 = RecordedClassifier.attackMore().norm(Norm.L2).epsilon(0.25);
        assertThat(l2.square().queries(1000).run().accuracyAfter())
                .isLessThan(
                        (l2.randomSign().run().accuracyAfter() + l2.pgd().run().accuracyAfter()) / 2);
    }

    @Test
    void targetedAttacksReachTheirTargets() {
        AttackRequest request = RecordedClassifier.attack().epsilon(40, 255).nextClass();
        for (String name : List.of("bim", "pgd", "mi-fgsm", "apgd", "apgd-dlr", "apgd-t", "square")) {
            assertThat(request.using(name).run().successRate()).as(name).isGreaterThan(0.9);
        }
        for (String name : List.of("deepfool", "carlini-wagner")) {
            assertThat(RecordedClassifier.attack().nextClass().using(name).run().successRate())
                    .as(name)
                    .isEqualTo(1);
        }
    }

    @Test
    void namesDescribeAttacksAndAreUnique() {
        assertThat(Attacks.names())
                .doesNotHaveDuplicates()
                .hasSize(Attacks.all().size());
        for (Attack attack : Attacks.all()) {
            assertThat(Attacks.named(attack.name())).isEqualTo(attack);
            assertThat(attack.description()).isNotBlank();
            assertThat(AttackOptions.describe(attack)).startsWith(attack.name());
        }
        assertThatThrownBy(() -> Attacks.byName(Arrays.asList(new Course(8), new Course(4))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("attack \"course\" is registered twice");
    }
}
