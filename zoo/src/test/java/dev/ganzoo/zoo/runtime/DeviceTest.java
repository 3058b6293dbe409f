package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class DeviceTest {
    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:3"})
    void readsWhatItWrites(String text) {
        assertThat(Device.parse(text)).hasToString(text);
    }

    @Test
    void cudaAloneIsTheFirst() {
        assertThat(Device.parse("cuda")).isEqualTo(Device.cuda(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "", "cuda:", "cuda:-1", "CPU"})
    void refusesOthers(String text) {
        assertThatThrownBy(() -> Device.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be auto, cpu or cuda:index, got \"" + text + "\"");
    }
}
