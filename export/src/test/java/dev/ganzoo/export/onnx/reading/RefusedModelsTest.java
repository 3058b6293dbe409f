package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.is;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.export.onnx.UnsupportedOnnxException;
import dev.ganzoo.export.onnx.UnsupportedOnnxException.UnsupportedNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read is named: unsupported nodes all at once, broken files by what is wrong with them. */
@Tag("pure")
class RefusedModelsTest {
    @TempDir
    Path folder;

    private void assertRefused(TinyModel model, String message) throws Exception {
        Path file = model.write(folder);
        assertThatExceptionOfType(OnnxReadException.class)
                .isThrownBy(() -> OnnxReader.read(file, ReadOptions.defaults()))
                .withMessage("tiny.onnx: " + message);
    }

    private UnsupportedOnnxException unsupported(TinyModel model) throws Exception {
        Path file = model.write(folder);
        return catchThrowableOfType(
                UnsupportedOnnxException.class, () -> OnnxReader.read(file, ReadOptions.defaults()));
    }

    @Test
    void allNodesThatAreNotUnderstoodAreListed() throws Exception {
        TinyModel model = TinyModel.of(13)
                .node("Hardmax", "x", "a")
                .node("MaxPool", "x", "b", is("kernel_shape", 2, 2), is("dilations", 2, 2))
                .node("MaxPool", "x", "c", is("kernel_shape", 2, 2), is("strides", 2, 2), i("sideways", 1))
                .node("Flatten", "a", "d")
                .node("Hardmax", "d", "e")
                .node("Flatten", "b", "f")
                .node("Flatten", "c", "g")
                .node("Concat", "e f g", "logits", i("axis", 1))
                .node("Det", "x", "unused")
                .output("logits", -1, -1);
        model.graph().getNodeBuilder(0).setDomain("com.example");

        UnsupportedOnnxException refused = unsupported(model);

        assertThat(refused.nodes())
                .containsExactly(
                        new UnsupportedNode("Hardmax_0", "com.example.Hardmax", 13, "no rule for this operation"),
                        new UnsupportedNode("MaxPool_1", "MaxPool", 13, "dilations of a pooling must be 1, got 2"),
                        new UnsupportedNode("MaxPool_2", "MaxPool", 13, "attributes are not understood: [sideways]"),
                        new UnsupportedNode("Hardmax_4", "Hardmax", 13, "no rule for this operation"));
        assertThat(refused)
                .hasMessageStartingWith("tiny.onnx: 4 of its nodes cannot be imported:")
                .hasMessageContaining("  MaxPool_1 (MaxPool, opset 13): dilations of a pooling must be 1, got 2");
    }

    @Test
    void quantisedModelsAreNamed() throws Exception {
        TinyModel model = TinyModel.of(13)
                .number("scale", 0.1)
                .node("QuantizeLinear", "x scale", "q")
                .node("DequantizeLinear", "q scale", "d")
                .flattened("d");

        assertThat(unsupported(model).nodes())
                .extracting(UnsupportedNode::operation)
                .containsExactly("QuantizeLinear", "DequantizeLinear");
    }

    @Test
    void imagesAreNotMixed() throws Exception {
        TinyModel mean = TinyModel.of(13)
                .node("ReduceMean", "x", "m", is("axes", 0))
                .node("Sub", "x m", "y")
                .flattened("y");
        TinyModel product = TinyModel.of(13)
                .node("Flatten", "x", "f")
                .node("Transpose", "f", "t", is("perm", 1, 0))
                .node("MatMul", "f t", "y")
                .flattened("y");

        assertThat(unsupported(mean).nodes().get(0).reason())
                .isEqualTo("images of a batch must not be mixed, got a reduction over axis 0 of (N, 3, 8, 8)");
        assertThat(unsupported(product).nodes().get(0).reason())
                .startsWith("images of a batch must not be mixed, got matMul (N, N)");
    }

    @Test
    void shapeArithmeticBeyondMultiplesOfTheBatchIsNamed() throws Exception {
        TinyModel model = TinyModel.of(13)
                .integers("two", 2)
                .integers("rest", -1)
                .integers("zero", 0)
                .integers("one", 1)
                .node("Shape", "x", "s")
                .node("Slice", "s zero one", "n")
                .node("Div", "n two", "half")
                .node("Concat", "half rest", "k", i("axis", 0))
                .node("Reshape", "x k", "y")
                .flattened("y");

        assertThat(unsupported(model).nodes())
                .containsExactly(
                        new UnsupportedNode(
                                "Div_2",
                                "Div",
                                13,
                                "shape arithmetic must stay with multiples of the batch size, got a fraction of the batch size"));
    }

    @Test
    void opsetsOutsideTheRangeAreRefused() throws Exception {
        String fix = "; export the model again with another";
        assertRefused(
                TinyModel.of(6).node("Relu", "x", "y").flattened("y"), "the opset must be in [7, 23], got 6" + fix);
        assertRefused(
                TinyModel.of(99).node("Relu", "x", "y").flattened("y"), "the opset must be in [7, 23], got 99" + fix);
        TinyModel none = TinyModel.of(13).node("Relu", "x", "y").flattened("y");
        none.model().clearOpsetImport();
        assertRefused(none, "an onnx model must name the opset of its operators, this one names none");
    }

    @Test
    void namesMustBeGivenOnceAndBeforeTheyAreTaken() throws Exception {
        assertRefused(
                TinyModel.of(13).node("Relu", "y", "z").node("Relu", "x", "y").flattened("z"),
                "node Relu_0 (Relu) takes \"y\", which node Relu_1 gives only later: nodes must be in order, without cycles");
        assertRefused(
                TinyModel.of(13).node("Add", "x y", "y").flattened("y"),
                "node Add_0 (Add) takes \"y\", which node Add_0 gives only later: nodes must be in order, without cycles");
        assertRefused(
                TinyModel.of(13).node("Relu", "nowhere", "y").flattened("y"),
                "node Relu_0 (Relu) takes \"nowhere\", which nothing gives");
        assertRefused(
                TinyModel.of(13).node("Relu", "x", "y").node("Tanh", "x", "y").flattened("y"),
                "values must have names of their own, \"y\" is given twice");
        assertRefused(
                TinyModel.of(13)
                        .number("w", 1)
                        .number("w", 2)
                        .node("Mul", "x w", "y")
                        .flattened("y"),
                "initialisers must have names of their own, \"w\" is given twice");
        assertRefused(
                TinyModel.of(13).node("Flatten", "x", "y").output("z", -1, 3),
                "every output must be computed, \"z\" is not");
    }

    @Test
    void inputsAndOutputsMustBeThoseOfAClassifier() throws Exception {
        TinyModel two = TinyModel.of(13).node("Mul", "x z", "y").flattened("y");
        two.graph().addInput(TinyModel.value("z", DataType.FLOAT, -1, 1, 1, 1));
        assertRefused(two, "a classifier must have one input, the image, got [x, z]");
        assertRefused(
                TinyModel.of(13, -1).node("Relu", "x", "y").output("y", -1),
                "input \"x\" must be images of 4 axes, of 3 without channels, or of 2 as lists, got 1");
        assertRefused(
                TinyModel.of(13, -1, 192).node("Relu", "x", "y").output("y", -1, 192),
                "the file leaves the channels of input \"x\" open; give the input shape, for example 3,32,32");
        assertRefused(
                TinyModel.of(13, -1, 3, -1, 8).node("Flatten", "x", "y").output("y", -1, 24),
                "the file leaves the height of input \"x\" open; give the input shape, for example 3,32,32");
        assertRefused(
                TinyModel.of(13).node("Relu", "x", "y").output("y", -1, 3, 8, 8),
                "output \"y\" must be one list of numbers for each image, (N, K), got (N, 3, 8, 8)");
        assertRefused(
                TinyModel.of(13)
                        .node("Flatten", "x", "a")
                        .node("Relu", "a", "b")
                        .output("a", -1, 9)
                        .output("b", -1, 9),
                "a classifier must have one output (N, K), got [a, b]; choose one by its name");
        TinyModel bytes = TinyModel.of(13).node("Flatten", "x", "y").output("y", -1, 9);
        bytes.graph().setInput(0, TinyModel.value("x", DataType.UINT8, -1, 3, 8, 8));
        assertRefused(bytes, "input \"x\" must be a tensor of floats");
    }

    @Test
    void optionsMustFitTheFile() throws Exception {
        Path file =
                TinyModel.of(13).node("Flatten", "x", "y").output("y", -1, 192).write(folder);

        assertThatThrownBy(() -> OnnxReader.read(file, ReadOptions.defaults().output("z")))
                .isInstanceOf(OnnxReadException.class)
                .hasMessage("tiny.onnx: no output \"z\" (known: [y])");
        assertThatThrownBy(() -> OnnxReader.read(file, ReadOptions.defaults().inputShape(3, 9, 8)))
                .isInstanceOf(OnnxReadException.class)
                .hasMessage("tiny.onnx: the height of input \"x\" must be 8 as in the file, got 9");
        assertThatThrownBy(() -> ReadOptions.defaults().inputShape(3, 0, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the input shape must be positive channels,height,width, got 3,0,8");
    }

    @Test
    void shapesThatDoNotFitAreNamedWithTheirNode() throws Exception {
        assertRefused(
                TinyModel.of(13)
                        .weight("w", 4, 5, 3, 3)
                        .node("Conv", "x w", "y")
                        .flattened("y"),
                "node Conv_0 (Conv, opset 13): conv2d of image (N, 3, 8, 8), constant (4, 5, 3, 3): "
                        + "the kernel must take 3 channels in 1 groups, got (4, 5, 3, 3)");
        assertRefused(
                TinyModel.of(13)
                        .node("Relu", "x", "y")
                        .node("Flatten", "y", "l", s("axis", "1"))
                        .output("l", -1, 192),
                "node Flatten_1 (Flatten, opset 13): attribute \"axis\" must be of type INT, got STRING");
    }

    @Test
    void sizesAreComparedWithTheBytesThatAreThere() throws Exception {
        assertRefused(
                with(tensor(1 << 14, 1 << 13)), "tensor \"w\" of shape [16384, 8192] must hold 536870912 bytes, got 8");
        assertRefused(
                with(tensor(1 << 28, 1 << 28)),
                "tensor \"w\" must have at most 268435456 elements, got [268435456, 268435456]");
        assertRefused(with(tensor(-1)), "extents of tensor \"w\" must be in [0, 268435456], got [-1]");
        assertRefused(
                TinyModel.of(13)
                        .integers("k", 1 << 20, 1 << 20)
                        .node("ConstantOfShape", "k", "w")
                        .node("Mul", "x w", "y")
                        .flattened("y"),
                "constants computed while reading must stay below 128 MiB, got a further one of 9223372036854775807 elements");
    }

    private static TinyModel with(TensorProto tensor) {
        return TinyModel.of(13).initializer(tensor).node("Mul", "x w", "y").flattened("y");
    }

    private static TensorProto tensor(long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(new byte[8]));
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor.build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.bin",
                "/etc/hostname",
                "a/../../secret.bin",
                "",
                ".",
                "\0",
                "link.bin",
                "linked/secret.bin"
            })
    void externalDataStaysInTheFolder(String location) throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));
        Files.write(folder.resolve("secret.bin"), new byte[12]);
        Files.createSymbolicLink(models.resolve("link.bin"), folder.resolve("secret.bin"));
        Files.createSymbolicLink(models.resolve("linked"), folder);
        Path file = with(TinyModels.external("w", location, 0, 12, 3, 1, 1)).write(models);

        assertThatExceptionOfType(OnnxReadException.class)
                .isThrownBy(() -> OnnxReader.read(file, ReadOptions.defaults()))
                .withMessage(
                        "tiny.onnx: external data of tensor \"w\" must lie in the model's folder, got \"%s\"",
                        location);
    }

    @Test
    void externalDataMustBeThere() throws Exception {
        Files.write(folder.resolve("w.bin"), new byte[12]);

        assertRefused(
                with(TinyModels.external("w", "v.bin", 0, 12, 3, 1, 1)),
                "external data of tensor \"w\" must be in the file v.bin beside the model, there is none");
        assertRefused(
                with(TinyModels.external("w", "w.bin", 4, 12, 3, 1, 1)),
                "external data of tensor \"w\" must be 12 bytes from 4 in w.bin, which has 12");
        assertRefused(
                with(TinyModels.external("w", "w.bin", 0, 8, 3, 1, 1)),
                "external data of tensor \"w\" must be 12 bytes, got length 8");
        assertRefused(
                with(TinyModels.external("w", "w.bin", -1, 12, 3, 1, 1)),
                "the offset of external data of tensor \"w\" must be a number ≥ 0, got \"-1\"");
    }

    @Test
    void filesThatAreMissingCutShortOrSomethingElseAreNamed() throws Exception {
        Path absent = folder.resolve("absent.onnx");
        assertThatThrownBy(() -> OnnxReader.read(absent, ReadOptions.defaults()))
                .isInstanceOf(OnnxReadException.class)
                .hasMessage("no file " + absent);

        byte[] whole = with(tensor(2)).bytes();
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> OnnxReader.read(cut, ReadOptions.defaults()))
                .isInstanceOf(OnnxReadException.class)
                .hasMessageStartingWith("%s must be an onnx model, got %d bytes that are cut short or something else: "
                        .formatted(cut, whole.length - 20));

        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        assertThatThrownBy(() -> OnnxReader.read(empty, ReadOptions.defaults()))
                .isInstanceOf(OnnxReadException.class)
                .hasMessage("empty.onnx: an onnx model must have a graph with nodes");
    }

    @Test
    void messagesAreCountedBeforeTheyAreParsed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
        for (int count = 0; count <= Budget.MOST_MESSAGES; count++) {
            stream.writeByteArray(ModelProto.METADATA_PROPS_FIELD_NUMBER, new byte[0]);
        }
        stream.flush();
        Path file = Files.write(folder.resolve("many.onnx"), bytes.toByteArray());

        assertThatThrownBy(() -> OnnxReader.read(file, ReadOptions.defaults()))
                .isInstanceOf(OnnxReadException.class)
                .hasMessageEndingWith("it holds more than 2,000,000 messages");
    }

    @Test
    void functionsThatCallThemselvesAreRefused() throws Exception {
        TinyModel model = TinyModel.of(13)
                .function(FunctionProto.newBuilder()
                        .setDomain("own")
                        .setName("Again")
                        .addInput("a")
                        .addOutput("b")
                        .addNode(TinyModel.nodeProto("Again", "a", "b").setDomain("own"))
                        .build())
                .node("Again", "x", "y")
                .flattened("y");
        model.graph().getNodeBuilder(0).setDomain("own");

        assertRefused(model, "functions must not call themselves, got Again at a depth of 32");
    }
}
