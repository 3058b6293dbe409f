package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.model.ModelPackage;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class DeviceChoiceTest {
    @TempDir
    Path folder;

    @Test
    void withoutCudaAutoMeansTheCpuAndCudaFails() throws Exception {
        assumeTrue(!OrtRuntime.hasCuda(), "ONNX Runtime without CUDA");
        ModelPackage tiny = ModelPackage.open(TinyModels.write(folder.resolve("tiny")));

        try (GeneratorSession session = GeneratorSession.open(tiny, Device.auto(), 0, 4)) {
            assertThat(session.device()).isEqualTo(Device.cpu());
        }
        assertThatThrownBy(() -> GeneratorSession.open(tiny, Device.cuda(0), 0, 4))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessage(
                        "device cuda:0 is not available: this build of ONNX Runtime has no CUDA; build with -Pcuda");
    }
}
