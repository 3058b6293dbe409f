package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.f;
import static dev.ganzoo.export.onnx.reading.TinyModel.g;
import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.is;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How whole files are read: inputs, outputs, batches, functions, branches, external data. */
@Tag("native")
class ModelReaderTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    private ImportedModel read(TinyModel model) throws Exception {
        return OnnxReader.read(model.write(folder), ReadOptions.defaults());
    }

    private void assertSame(TinyModel model, int fixedBatch) throws Exception {
        ImportedModel imported = read(model);
        assertThat(ImportParity.error(folder.resolve("tiny.onnx"), imported, fixedBatch))
                .isLessThan(TOLERANCE);
    }

    /** As CNTK writes its MNIST network: SAME padding, a reshaped initialiser, one image at a time. */
    private static TinyModel cntk() {
        return TinyModel.of(8, 1, 1, 28, 28)
                .weight("w1", 8, 1, 5, 5)
                .weight("b1", 8, 1, 1)
                .weight("w2", 8, 4, 4, 10)
                .weight("b2", 1, 10)
                .integers("flat", 1, 128)
                .integers("columns", 128, 10)
                .node("Reshape", "w2 columns", "w2.matrix")
                .node("Conv", "x w1", "c", s("auto_pad", "SAME_UPPER"), is("kernel_shape", 5, 5), is("dilations", 1, 1))
                .node("Add", "c b1", "p")
                .node("Relu", "p", "r")
                .node("MaxPool", "r", "m", is("kernel_shape", 7, 7), is("strides", 7, 7), s("auto_pad", "NOTSET"))
                .node("Reshape", "m flat", "v")
                .node("MatMul", "v w2.matrix", "t")
                .node("Add", "t b2", "logits")
                .output("logits", 1, 10);
    }

    @Test
    void fixedBatchOfOneIsReadForAnyBatch() throws Exception {
        assertSame(cntk(), 1);

        ImportedModel model = read(cntk());

        assertThat(model.graph().inputs().get(0).shape()).isEqualTo(Shape.of(Shape.N, 1, 28, 28));
        assertThat(model.graph().output().shape()).isEqualTo(Shape.of(Shape.N, 10));
        assertThat(model.notes()).containsExactly("the file is for batches of 1; it is read for batches of any size");
        assertThat(model.opset()).isEqualTo(8);
        assertThat(model.producer()).isEqualTo("test");
        assertThat(model.inputName()).isEqualTo("x");
        assertThat(model.outputName()).isEqualTo("logits");
    }

    @Test
    void nodesKeepTheirNames() throws Exception {
        List<String> names =
                read(cntk()).graph().nodes().stream().map(Node::name).toList();

        assertThat(names).contains("image", "Conv_1", "Relu_3", "MaxPool_4", "MatMul_6", "Add_7");
    }

    @Test
    void nodesOfOneNameAreTellable() throws Exception {
        TinyModel model =
                TinyModel.of(13).node("Relu", "x", "a").node("Tanh", "a", "b").flattened("b");
        for (int index = 0; index < 2; index++) {
            model.graph().getNodeBuilder(index).setName("image");
        }

        assertThat(read(model).graph().nodes()).extracting(Node::name).contains("image", "image_1", "image_2");
    }

    @Test
    void initialisersMayBeListedAsInputs() throws Exception {
        TinyModel model =
                TinyModel.of(9).weight("w", 3, 1, 1).node("Mul", "x w", "y").flattened("y");
        model.graph().addInput(TinyModel.value("w", DataType.FLOAT, 3, 1, 1));

        assertSame(model, 0);
    }

    /** As files of opsets before 12 have them. */
    @Test
    void outputsForTrainingAreIgnoredWhereNothingTakesThem() throws Exception {
        TinyModel model = TinyModel.of(9)
                .weight("g", 3)
                .weight("b", 3)
                .weight("m", 3)
                .positive("v", 3)
                .node("BatchNormalization", "x g b m v", "n")
                .node("Dropout", "n", "d mask", f("ratio", 0.5))
                .flattened("d");

        assertSame(model, 0);

        model.graph().getNodeBuilder(0).addOutput("mean").addOutput("variance");
        assertThat(read(model).graph().output().shape()).isEqualTo(Shape.of(Shape.N, 192));
    }

    @Test
    void largerFixedBatchesAreReadForAnyBatch() throws Exception {
        TinyModel model = TinyModel.of(13, 4, 3, 8, 8)
                .integers("flat", 4, 192)
                .integers("parts", 8, 96)
                .node("Reshape", "x flat", "f")
                .node("Reshape", "f parts", "p")
                .node("Relu", "p", "r")
                .node("Reshape", "r flat", "logits")
                .output("logits", 4, 192);

        ImportedModel imported = read(model);

        assertThat(imported.graph().nodes())
                .extracting(Node::shape)
                .contains(Shape.of(-2, 96))
                .last()
                .isEqualTo(Shape.of(Shape.N, 192));
        assertThat(imported.notes())
                .containsExactly("the file is for batches of 4; it is read for batches of any size");
    }

    @Test
    void channelsLastAreFound() throws Exception {
        TinyModel model = TinyModel.of(13, -1, 8, 9, 3)
                .weight("w", 4, 3, 3, 3)
                .node("Transpose", "x", "t", is("perm", 0, 3, 1, 2))
                .node("Conv", "t w", "c")
                .node("GlobalAveragePool", "c", "p")
                .flattened("p");

        ImportedModel imported = read(model);

        assertThat(imported.graph().inputs().get(0).shape()).isEqualTo(Shape.of(Shape.N, 3, 8, 9));
        assertThat(imported.graph().nodes()).noneMatch(node -> node.op() instanceof Op.Transpose);
        assertThat(imported.notes())
                .containsExactly("input \"x\" has its channels last; the graph's input has them first");
    }

    @Test
    void imagesMayBePlanesOrLists() throws Exception {
        TinyModel planes = TinyModel.of(13, -1, 8, 9).node("Flatten", "x", "y").output("y", -1, 72);
        assertThat(read(planes).graph().inputs().get(0).shape()).isEqualTo(Shape.of(Shape.N, 1, 8, 9));

        TinyModel lists = TinyModel.of(13, -1, 192)
                .weight("w", 192, 5)
                .node("Gemm", "x w", "y")
                .output("y", -1, 5);
        ImportedModel imported =
                OnnxReader.read(lists.write(folder), ReadOptions.defaults().inputShape(3, 8, 8));
        assertThat(imported.graph().inputs().get(0).shape()).isEqualTo(Shape.of(Shape.N, 3, 8, 8));
        assertThat(imported.graph().output().shape()).isEqualTo(Shape.of(Shape.N, 5));
    }

    @Test
    void openExtentsAreGivenByOption() throws Exception {
        TinyModel model = TinyModel.of(13, -1, 3, -1, -1)
                .node("GlobalAveragePool", "x", "p")
                .flattened("p");

        ImportedModel imported =
                OnnxReader.read(model.write(folder), ReadOptions.defaults().inputShape(3, 5, 6));

        assertThat(imported.graph().inputs().get(0).shape()).isEqualTo(Shape.of(Shape.N, 3, 5, 6));
    }

    @Test
    void finalSoftmaxIsLeftOutUnlessKept() throws Exception {
        TinyModel model = TinyModel.of(13)
                .node("Flatten", "x", "f")
                .node("Softmax", "f", "p")
                .output("p", -1, 192);

        ImportedModel logits = read(model);
        ImportedModel probabilities = OnnxReader.read(
                folder.resolve("tiny.onnx"), ReadOptions.defaults().keepSoftmax());

        assertThat(logits.graph().nodes()).noneMatch(node -> node.op() instanceof Op.Softmax);
        assertThat(logits.notes())
                .containsExactly("output \"p\" ends with a softmax, which is left out: the logits are its input");
        assertThat(probabilities.graph().output().op()).isInstanceOf(Op.Softmax.class);
        assertThat(probabilities.notes())
                .containsExactly(
                        "output \"p\" ends with a softmax, which is kept: what is called logits are probabilities");
    }

    @Test
    void outputOfAxesOfOneBecomesAList() throws Exception {
        TinyModel model = TinyModel.of(11)
                .node("GlobalAveragePool", "x", "p")
                .node("Softmax", "p", "q")
                .output("q", -1, 3, 1, 1);

        ImportedModel imported = read(model);

        assertThat(imported.graph().output().shape()).isEqualTo(Shape.of(Shape.N, 3));
        assertThat(imported.notes()).hasSize(2);
    }

    @Test
    void outputIsTheOnlyListOrTheOneNamed() throws Exception {
        TinyModel model = TinyModel.of(13)
                .node("Flatten", "x", "scores")
                .node("Hardmax", "scores", "label")
                .output("x2", -1, 3, 8, 8)
                .node("Relu", "x", "x2")
                .output("scores", -1, 192);

        assertThat(read(model).outputName()).isEqualTo("scores");
        assertThat(read(model).otherOutputs()).containsExactly("x2");

        TinyModel two = TinyModel.of(13)
                .node("Flatten", "x", "a")
                .node("Relu", "a", "b")
                .output("a", -1, 192)
                .output("b", -1, 192);
        assertThat(OnnxReader.read(two.write(folder), ReadOptions.defaults().output("b"))
                        .outputName())
                .isEqualTo("b");
    }

    @Test
    void functionsOfTheModelAreWrittenOut() throws Exception {
        FunctionProto scaled = FunctionProto.newBuilder()
                .setDomain("custom")
                .setName("LeakyTwice")
                .addInput("v")
                .addOutput("w")
                .addAttribute("slope")
                .addNode(TinyModel.nodeProto("LeakyRelu", "v", "h").addAttribute(reference("alpha", "slope")))
                .addNode(TinyModel.nodeProto("LeakyRelu", "h", "w").addAttribute(reference("alpha", "slope")))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .build();
        TinyModel model = TinyModel.of(17)
                .function(scaled)
                .node("LeakyTwice", "x", "a", f("slope", 0.5))
                .node("LeakyTwice", "a", "b", f("slope", 0.25))
                .flattened("b");
        for (int index = 0; index < 2; index++) {
            model.graph().getNodeBuilder(index).setDomain("custom");
        }

        assertSame(model, 0);
    }

    private static AttributeProto reference(String name, String to) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setRefAttrName(to)
                .build();
    }

    @Test
    void branchOfAKnownConditionIsTaken() throws Exception {
        GraphProto yes = branch("Relu");
        GraphProto no = branch("Hardmax");
        TinyModel model = TinyModel.of(13)
                .node("Shape", "x", "s")
                .integer("one", 1)
                .integer("three", 3)
                .node("Gather", "s one", "c")
                .node("Equal", "c three", "is")
                .node("If", "is", "y", g("then_branch", yes), g("else_branch", no))
                .flattened("y");

        assertSame(model, 0);
    }

    private static GraphProto branch(String operator) {
        return GraphProto.newBuilder()
                .setName(operator)
                .addNode(TinyModel.nodeProto(operator, "x", operator + ".out"))
                .addOutput(TinyModel.value(operator + ".out", DataType.FLOAT, -1, 3, 8, 8))
                .build();
    }

    @Test
    void externalDataIsReadFromTheModelsFolder() throws Exception {
        ByteBuffer data = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(9).putFloat(1).putFloat(2).putFloat(3).putFloat(9);
        Files.createDirectory(folder.resolve("weights"));
        Files.write(folder.resolve("weights/w.bin"), data.array());
        TinyModel model = TinyModel.of(13)
                .initializer(TinyModels.external("w", "weights/w.bin", 4, 12, 3, 1, 1))
                .node("Mul", "x w", "y")
                .flattened("y");

        ImportedModel imported = read(model);

        assertThat(constants(imported)).contains(Tensor.of(new float[] {1, 2, 3}, 3, 1, 1));
    }

    @Test
    void floatsOfOtherWidthsAreWidenedOrRounded() throws Exception {
        TensorProto halves = raw(DataType.FLOAT16, ByteString.copyFrom(new byte[] {0, 0x3c, 0, (byte) 0xc0, 1, 0}));
        TensorProto bfloats =
                raw(DataType.BFLOAT16, ByteString.copyFrom(new byte[] {(byte) 0x80, 0x3f, 0, (byte) 0xc0, 0, 0}));
        TensorProto doubles = TensorProto.newBuilder()
                .setName("d")
                .setDataType(DataType.DOUBLE_VALUE)
                .addDims(3)
                .addDims(1)
                .addDims(1)
                .addDoubleData(0.1)
                .addDoubleData(2)
                .addDoubleData(-3)
                .build();
        TinyModel model = TinyModel.of(13)
                .initializer(halves.toBuilder().setName("h").build())
                .initializer(bfloats.toBuilder().setName("b").build())
                .initializer(doubles)
                .node("Mul", "x h", "a")
                .node("Mul", "a b", "c")
                .node("Mul", "c d", "y")
                .flattened("y");

        assertThat(constants(read(model)))
                .containsExactly(
                        Tensor.of(new float[] {1, -2, 0x1p-24f}, 3, 1, 1),
                        Tensor.of(new float[] {1, -2, 0}, 3, 1, 1),
                        Tensor.of(new float[] {0.1f, 2, -3}, 3, 1, 1));
    }

    private static TensorProto raw(DataType type, ByteString bytes) {
        return TensorProto.newBuilder()
                .setDataType(type.getNumber())
                .addDims(3)
                .addDims(1)
                .addDims(1)
                .setRawData(bytes)
                .build();
    }

    private static List<Tensor> constants(ImportedModel model) {
        return model.graph().nodes().stream()
                .filter(node -> node.op() instanceof Op.Constant)
                .map(node -> ((Op.Constant) node.op()).value())
                .toList();
    }

    @Test
    void attentionOfAFixedBatchKeepsImagesApart() throws Exception {
        TinyModel model = TinyModel.of(13, 1, 3, 4, 4)
                .weight("token", 1, 1, 16)
                .weight("w", 16, 16)
                .integers("rows", 4, 16)
                .integers("heads", 4, 2, 8)
                .integers("back", 4, 1, 16)
                .integers("sequence", 1, 3, 16)
                .integer("first", 0)
                .node("Reshape", "x sequence", "p")
                .node("Concat", "token p", "q", i("axis", 1))
                .node("Transpose", "q", "t", is("perm", 1, 0, 2))
                .node("Reshape", "t rows", "r")
                .node("Gemm", "r w", "k")
                .node("Reshape", "k heads", "h")
                .node("Transpose", "h", "a", is("perm", 1, 0, 2))
                .node("Transpose", "h", "b", is("perm", 1, 2, 0))
                .node("MatMul", "a b", "m")
                .node("Softmax", "m", "s")
                .node("MatMul", "s a", "v")
                .node("Transpose", "v", "u", is("perm", 1, 0, 2))
                .node("Reshape", "u rows", "o")
                .node("Gemm", "o w", "z")
                .node("Reshape", "z back", "y")
                .node("Transpose", "y", "n", is("perm", 1, 0, 2))
                .node("Gather", "n first", "logits", i("axis", 1))
                .output("logits", 1, 16);

        assertSame(model, 1);
    }
}
