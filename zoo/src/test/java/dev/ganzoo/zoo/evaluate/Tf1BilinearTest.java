package dev.ganzoo.zoo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class Tf1BilinearTest {
    @ParameterizedTest
    @ValueSource(strings = {"larger", "smaller", "inception", "same"})
    void resizesAsTheFormulaInNumPy(String name) throws IOException, URISyntaxException {
        Safetensors fixture = Safetensors.read(
                Path.of(Tf1BilinearTest.class.getResource("resize.safetensors").toURI()));
        Tensor image = fixture.tensor(name + ".image");
        Tensor expected = fixture.tensor(name + ".resized");
        byte[] pixels = new byte[image.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) image.data()[i];
        }
        Picture picture = new Picture(image.shape()[0], image.shape()[1], image.shape()[2], pixels);
        float[] found = new float[expected.size() + 2];

        Tf1Bilinear.resize(picture, expected.shape()[1], expected.shape()[2], found, 1);

        assertThat(found[0]).isZero();
        assertThat(found[found.length - 1]).isZero();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found[i + 1]).as("value %d", i).isCloseTo(expected.data()[i], within(1e-3f));
        }
    }

    @Test
    void aPixelIsReadWithoutHalfPixelOffset() {
        float[] found = new float[4];
        Tf1Bilinear.resize(new Picture(1, 1, 2, new byte[] {0, 100}), 1, 4, found, 0);
        // With the offset of later versions it would be 0, 25, 75, 100.
        assertThat(found).containsExactly(0, 50, 100, 100);
    }
}
