"""Makes the tiny networks of the zoo's tests: python3 make_tiny.py (onnx 1.12, numpy).

image = tanh(reshape(z W + class_weights E)), with W and E from a fixed seed.
"""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

CLASSES, LATENT = 3, 8


def save(name, channels, conditional, batch="N", output="image", external=None):
    random = numpy.random.RandomState(7)
    size = channels * 4 * 4
    initializers = [
        numpy_helper.from_array(random.normal(0, 0.3, (LATENT, size)).astype("float32"), "W"),
        numpy_helper.from_array(numpy.array([-1, channels, 4, 4], "int64"), "shape"),
    ]
    inputs = [helper.make_tensor_value_info("z", TensorProto.FLOAT, [batch, LATENT])]
    nodes = [helper.make_node("MatMul", ["z", "W"], ["h"])]
    if conditional:
        initializers.append(numpy_helper.from_array(random.normal(0, 0.5, (CLASSES, size)).astype("float32"), "E"))
        inputs.append(helper.make_tensor_value_info("class_weights", TensorProto.FLOAT, [batch, CLASSES]))
        nodes.append(helper.make_node("MatMul", ["class_weights", "E"], ["e"]))
        nodes.append(helper.make_node("Add", ["h", "e"], ["sum"]))
    nodes.append(helper.make_node("Reshape", ["sum" if conditional else "h", "shape"], ["flat"]))
    nodes.append(helper.make_node("Tanh", ["flat"], [output]))
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [batch, channels, 4, 4])]
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    if external:
        weights = graph.initializer[0]
        length = len(weights.raw_data)
        weights.ClearField("raw_data")
        weights.data_location = TensorProto.EXTERNAL
        for key, value in {"location": external, "offset": "0", "length": str(length)}.items():
            entry = weights.external_data.add()
            entry.key, entry.value = key, value
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    with open(name + ".onnx", "wb") as file:
        file.write(model.SerializeToString())


save("conditional", 3, True)
save("unconditional", 1, False)
save("fixed-batch", 3, True, batch=1)
save("misnamed", 3, True, output="pixels")
save("external", 3, True, external="weights.bin")
