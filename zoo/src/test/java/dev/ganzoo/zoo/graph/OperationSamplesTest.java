package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table holds every operation, and the reference reading can evaluate all of it. */
@Tag("pure")
class OperationSamplesTest {
    @Test
    void everyOperationHasASample() {
        Set<Class<?>> sampled = OperationSamples.all().stream()
                .flatMap(sample -> sample.graph().nodes().stream())
                .map(node -> node.op().getClass())
                .collect(Collectors.toSet());

        assertThat(sampled)
                .containsExactlyInAnyOrderElementsOf(operations(Op.class).toList());
    }

    private static Stream<Class<?>> operations(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(OperationSamplesTest::operations)
                : Stream.of(family);
    }

    @Test
    void namesAreUnique() {
        assertThat(OperationSamples.all()).extracting(OperationSample::name).doesNotHaveDuplicates();
    }

    @Test
    void aSmallerBatchIsTheBeginningOfALarger() {
        OperationSample sample = OperationSamples.all().get(0);

        float[] one = sample.inputs(1).get("x").data();
        float[] three = sample.inputs(3).get("x").data();

        assertThat(three).hasSize(3 * one.length).startsWith(one);
    }

    static Stream<OperationCase> cases() {
        return OperationSamples.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesHaveTheInferredShapeAndAreFinite(OperationCase sample) {
        sample.expected().outputs().forEach((name, value) -> {
            Shape inferred = sample.graph().outputs().get(name).shape();
            assertThat(value.shape()).isEqualTo(inferred.at(sample.batch()));
            assertThat(DoubleStream.of(value.data())).allMatch(Double::isFinite);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void buffersMoveInTrainingOnly(OperationCase sample) {
        boolean moving = sample.mode() == Mode.TRAINING
                && sample.graph().nodes().stream()
                        .anyMatch(node -> node.op() instanceof Op.BatchNorm || node.op() instanceof Op.SpectralNorm);

        var updated = sample.expected().updatedBuffers();

        assertThat(updated.keySet())
                .containsExactlyInAnyOrder(
                        moving
                                ? sample.graph().buffers().stream()
                                        .map(Node::name)
                                        .toArray(String[]::new)
                                : new String[0]);
        updated.forEach((name, value) -> assertThat(Arrays.stream(value.data()).allMatch(Double::isFinite))
                .as(name)
                .isTrue());
    }
}
