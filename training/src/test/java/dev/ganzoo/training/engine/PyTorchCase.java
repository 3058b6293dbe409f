package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;

/** What PyTorch computed for small networks. */
record PyTorchCase(ResidualGan.Spec spec, Safetensors fixture) {
    static PyTorchCase nearest() {
        return read("sngan-projection-nearest");
    }

    static PyTorchCase bilinear() {
        return read("sngan-projection-bilinear");
    }

    private static PyTorchCase read(String name) {
        Safetensors fixture = PyTorchFixtures.network(name);
        return new PyTorchCase(PyTorchFixtures.spec(fixture), fixture);
    }

    Networks<?> networks() {
        return Architectures.RESIDUAL.networks(spec);
    }

    Tensor get(String name) {
        return fixture.tensor(name);
    }

    /** All tensors below {@code prefix/}, without it. */
    Map<String, Tensor> below(String prefix) {
        return PyTorchFixtures.under(prefix, fixture);
    }

    /** One-hot rows of the labels kept under {@code name}. */
    Tensor oneHot(String name) {
        return PyTorchFixtures.oneHot(get(name), spec.classes());
    }
}
