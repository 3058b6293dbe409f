package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.pytorch.Fixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** What NumPy and SciPy computed, as {@code src/test/python/write_metrics.py} recorded it; the names are told there. */
record ReferenceValues(Safetensors file) {
    static ReferenceValues read(String name) {
        return new ReferenceValues(Fixtures.read(ReferenceValues.class, name));
    }

    Features features(String name) {
        Tensor tensor = file.tensor(name);
        return Features.of(tensor.data(), tensor.shape()[0], tensor.shape()[1]);
    }

    /** (N, C, H, W) in [-1, 1]. */
    Tensor images(String name) {
        Tensor pixels = file.tensor(name);
        float[] values = new float[pixels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Pixels.toFloat((int) pixels.data()[i]);
        }
        return Tensor.of(values, pixels.shape());
    }

    int[] indices(String name) {
        float[] values = file.tensor(name).data();
        int[] indices = new int[values.length];
        Arrays.setAll(indices, i -> (int) values[i]);
        return indices;
    }

    /** The rest of the names of the results under {@code folder/}. */
    List<String> under(String folder) {
        return file.metadata().keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .map(name -> name.substring(folder.length() + 1))
                .toList();
    }

    double[] numbers(String name) {
        return Arrays.stream(file.metadata().get(name).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Equal to a part in a million, or to 1e-9 around zero. */
    void check(String name, double... found) {
        double[] expected = numbers(name);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as(name).isCloseTo(expected[i], within(1e-9 + 1e-6 * Math.abs(expected[i])));
        }
    }
}
