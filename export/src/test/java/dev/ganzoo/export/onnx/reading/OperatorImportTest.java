package dev.ganzoo.export.onnx.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.Onnx;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator as ONNX Runtime runs it, and as the reference evaluator runs the graph that was read. */
@Tag("native")
class OperatorImportTest {
    @TempDir
    Path folder;

    static List<OperatorCases.Case> cases() {
        return OperatorCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAreThoseOfOnnxRuntime(OperatorCases.Case operator) throws Exception {
        Tensor images = Init.normal(0, 1)
                .sample(new int[] {2, 3, 8, 8}, Randomness.of(1).at(0));
        Tensor expected =
                Onnx.run(operator.model().bytes(), Map.of("x", images)).get("logits");

        ImportedModel model = OnnxReader.read(
                operator.model().write(folder), ReadOptions.defaults().keepSoftmax());
        DoubleTensor actual = ReferenceEvaluator.evaluate(
                        model.graph(), Mode.EVALUATION, Map.of(ImportedModel.IMAGE, DoubleTensor.of(images)), Map.of())
                .output();

        Closeness.assertClose(operator.toString(), actual, expected, 3e-6);
    }

    @Test
    void everyOperatorHasACase() {
        Set<String> tried =
                cases().stream().map(OperatorCases.Case::operator).collect(Collectors.toCollection(TreeSet::new));
        tried.add("If");

        assertThat(OperatorTable.all()).extracting(Operator::name).containsExactlyElementsOf(tried);
    }
}
