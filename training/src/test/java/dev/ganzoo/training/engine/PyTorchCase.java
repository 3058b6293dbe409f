package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.architecture.ResidualGan.Pooling;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What PyTorch computed for small networks; {@code src/test/python/write_fixtures.py} says how. */
record PyTorchCase(ResidualGan.Spec spec, Map<String, Tensor> tensors) {
    private static final int CLASSES = 10;

    static PyTorchCase nearest() {
        return read("nearest", Interpolation.NEAREST, false, Pooling.SUM);
    }

    static PyTorchCase bilinear() {
        return read("bilinear", Interpolation.BILINEAR, true, Pooling.MEAN);
    }

    private static PyTorchCase read(String name, Interpolation upsampling, boolean preActivated, Pooling pooling) {
        var spec = new ResidualGan.Spec(8, CLASSES, 3, 8, 8, upsampling, preActivated, pooling);
        String resource = "/dev/ganzoo/training/pytorch/sngan-projection-" + name + ".safetensors";
        try {
            Path file = Path.of(PyTorchCase.class.getResource(resource).toURI());
            return new PyTorchCase(spec, Safetensors.read(file).tensors());
        } catch (URISyntaxException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Networks<?> networks() {
        return Architectures.RESIDUAL.networks(spec);
    }

    Tensor get(String name) {
        Tensor found = tensors.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name);
        }
        return found;
    }

    /** All tensors below {@code prefix/}, without it. */
    Map<String, Tensor> below(String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix + "/")) {
                found.put(name.substring(prefix.length() + 1), tensor);
            }
        });
        return found;
    }

    /** One-hot rows of the labels kept under {@code name}. */
    Tensor oneHot(String name) {
        float[] labels = get(name).data();
        Tensor rows = Tensor.zeros(labels.length, CLASSES);
        for (int i = 0; i < labels.length; i++) {
            rows.data()[i * CLASSES + (int) labels[i]] = 1;
        }
        return rows;
    }
}
