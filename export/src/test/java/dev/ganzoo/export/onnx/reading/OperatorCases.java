package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every operator of the table in the forms that opsets give it, each a model of its own with input x (N, 3, 8, 8). */
abstract sealed class OperatorCases permits ElementwiseCases, ShapeCases, WindowCases {
    private final List<Case> cases = new ArrayList<>();

    /** A model with one operator on trial. */
    record Case(String operator, int opset, String variant, TinyModel model) {
        @Override
        public String toString() {
            return "%s-%d %s".formatted(operator, opset, variant);
        }
    }

    static List<Case> all() {
        return Stream.of(new ElementwiseCases(), new ShapeCases(), new WindowCases())
                .flatMap(family -> family.cases.stream())
                .toList();
    }

    final void add(String operator, int opset, String variant, Consumer<TinyModel> build) {
        int read = Math.max(opset, ModelReader.OLDEST_OPSET);
        TinyModel model = TinyModel.of(read);
        build.accept(model);
        cases.add(new Case(operator, read, variant, model.flattened("y")));
    }

    /** One node from x. */
    final void one(String operator, int opset, AttributeProto... attributes) {
        String variant = attributes.length == 0 ? "" : attributes[0].getName() + " …";
        add(operator, opset, variant, m -> m.node(operator, "x", "y", attributes));
    }

    /** One node from x and further inputs. */
    final void with(
            String operator, int opset, String variant, String inputs, Consumer<TinyModel> given, AttributeProto... a) {
        add(operator, opset, variant, m -> {
            given.accept(m);
            m.node(operator, inputs, "y", a);
        });
    }
}
