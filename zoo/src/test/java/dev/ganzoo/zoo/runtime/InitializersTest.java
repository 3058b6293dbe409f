package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class InitializersTest {
    @TempDir
    Path folder;

    private byte[] network(String file) throws IOException {
        return ModelPackage.open(TinyModels.writeClassifier(folder.resolve("tiny-classifier.zip")))
                .read(file);
    }

    @Test
    void tellsWhichNetworksUseASharedWeight() throws IOException {
        assertThat(Initializers.names(network("classifier.onnx"))).contains("shared.constant_5");
    }

    @Test
    void tellsWhichNetworksDoNot() throws IOException {
        assertThat(Initializers.names(network("layer-0.onnx"))).isNotEmpty().doesNotContain("shared.constant_5");
    }

    @Test
    void refusesWhatIsCutShort() throws IOException {
        byte[] whole = network("classifier.onnx");

        assertThatThrownBy(() -> Initializers.names(Arrays.copyOf(whole, whole.length - 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an onnx file must be whole protobuf, ends within a field");
    }

    @Test
    void refusesWhatIsNotProtobuf() {
        assertThatThrownBy(() -> Initializers.names(new byte[] {0x0B}))
                .hasMessage("an onnx file must be protobuf, got a field of wire type 3");
    }
}
