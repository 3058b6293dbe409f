package dev.ganzoo.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of a picture against torchvision's. */
@Tag("pure")
class PictureTest {
    private static final Safetensors TORCHVISION = PyTorchFixtures.augmentation();
    private static final double GREY_LEVEL = 1 / 255.0;

    static Stream<String> changes() {
        return TORCHVISION.tensors().keySet().stream().filter(name -> name.contains("/"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesAreThoseOfTorchvision(String name) {
        String[] parts = name.split("/");
        Picture changed = change(picture(parts[0]), parts[1], parts[2]);

        float[] expected = TORCHVISION.tensor(name).data();
        if (parts[3].equals("pil")) {
            assertThat(distance(inEightBits(changed.values()), expected)).isLessThan(GREY_LEVEL + 1e-6);
        } else {
            assertThat(distance(changed.values(), expected)).isLessThan(2e-6);
        }
    }

    private static Picture picture(String name) {
        Tensor pixels = TORCHVISION.tensor(name);
        int[] shape = pixels.shape();
        return new Picture(shape[0], shape[1], shape[2], pixels.data());
    }

    private static Picture change(Picture picture, String function, String arguments) {
        List<Float> numbers = Stream.of(arguments.split("_"))
                .filter(text -> !text.isEmpty())
                .map(Float::valueOf)
                .toList();
        return switch (function) {
            case "crop" ->
                picture.resizedCrop(
                        numbers.get(0).intValue(),
                        numbers.get(1).intValue(),
                        numbers.get(2).intValue());
            case "brightness" -> picture.brightness(numbers.get(0));
            case "contrast" -> picture.contrast(numbers.get(0));
            case "saturation" -> picture.saturation(numbers.get(0));
            case "hue" -> picture.hue(numbers.get(0));
            case "flip" -> picture.flipped();
            default -> throw new IllegalArgumentException(function);
        };
    }

    private static float[] inEightBits(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(255 * values[i]) / 255f;
        }
        return rounded;
    }

    private static double distance(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst;
    }
}
