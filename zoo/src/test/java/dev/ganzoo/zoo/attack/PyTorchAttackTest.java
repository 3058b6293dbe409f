package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against PyTorch: see {@code src/test/python/write_attacks.py}. */
@Tag("pure")
class PyTorchAttackTest {
    private static final int CLASSES = 6;

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.data()[i]).as("value %d of %s", i, expected).isCloseTo(expected.data()[i], within((float)
                    tolerance));
        }
    }

    @Test
    void lossesAndTheirGradientsAgree() {
        int[] labels = RecordedClassifier.labels("labels");
        int[] targets = RecordedClassifier.labels("labels");
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (targets[i] + 1) % CLASSES;
        }
        Map<String, Objective> objectives = Map.of(
                "cross_entropy", Objective.crossEntropy(CLASSES, labels),
                "margin", Objective.margin(CLASSES, labels),
                "dlr", Objective.dlr(CLASSES, labels),
                "targeted_dlr", Objective.targetedDlr(CLASSES, labels, targets));
        objectives.forEach((name, objective) -> {
            Evaluation evaluation = RecordedClassifier.NETWORK.gradient(RecordedClassifier.tensor("images"), objective);
            assertClose(evaluation.logits(), RecordedClassifier.tensor("logits"), 1e-5);
            assertClose(evaluation.objective(), RecordedClassifier.tensor("value/" + name), 1e-5);
            assertClose(evaluation.gradient(), RecordedClassifier.tensor("gradient/" + name), 1e-5);
        });
    }

    @ParameterizedTest
    @CsvSource({"LINF, false", "LINF, true", "L2, false", "L2, true"})
    void attacksOfFixedSizeAgree(Norm norm, boolean targeted) {
        AttackRequest request = RecordedClassifier.attack().norm(norm);
        request = norm == Norm.LINF ? request.epsilon(4, 255) : request.epsilon(0.15);
        request = targeted ? request.nextClass() : request;
        String suffix = "/" + norm + (targeted ? "/targeted" : "");
        Map<String, AttackRequest> attacks = Map.of(
                "fgsm", request.fgsm(),
                "bim", request.bim().steps(10).earlyStop(false),
                "mi-fgsm", request.miFgsm().steps(10).earlyStop(false),
                "apgd", request.apgd().steps(25).randomStart(false).earlyStop(false),
                "apgd-dlr",
                        request.using("apgd-dlr").steps(25).randomStart(false).earlyStop(false));
        attacks.forEach((name, attack) ->
                assertClose(attack.run().perturbed(), RecordedClassifier.tensor(name + suffix), 1e-5));
        assertClose(
                request.pgd()
                        .steps(10)
                        .randomStart(false)
                        .earlyStop(false)
                        .run()
                        .perturbed(),
                RecordedClassifier.tensor("bim" + suffix),
                1e-5);
    }

    @ParameterizedTest
    @EnumSource
    void deepFoolAgrees(Norm norm) {
        assertClose(
                RecordedClassifier.attack().deepFool().norm(norm).run().perturbed(),
                RecordedClassifier.tensor("deepfool/" + norm),
                1e-5);
    }

    @Test
    void carliniWagnerFindsPerturbationsOfTheSameSize() {
        List<AttackedImage> images = RecordedClassifier.attack()
                .carliniWagner()
                .option("steps", 500)
                .run()
                .images();
        float[] expected = RecordedClassifier.tensor("carlini-wagner/norms").data();
        for (AttackedImage image : images) {
            assertThat(image.succeeded()).isTrue();
            assertThat(image.after().l2()).isCloseTo(expected[image.index()], within(2e-3));
        }
    }
}
