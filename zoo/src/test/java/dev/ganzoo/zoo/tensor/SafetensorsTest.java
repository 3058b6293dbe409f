package dev.ganzoo.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("b", Tensor.of(new float[] {1, -2.5f}, 2, 1));
        tensors.put("a", Tensor.of(new float[] {3}));
        Path file = folder.resolve("x.safetensors");
        new Safetensors(tensors, Map.of("step", "7")).write(file);

        String header =
                "{\"__metadata__\":{\"step\":\"7\"},\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        byte[] values = little(12).putFloat(1).putFloat(-2.5f).putFloat(3).array();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes(padded, values));
    }

    @Test
    void readsBackWhatItWroteInOrder() throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        float[] large = new float[700_001]; // more than two buffers, and not a multiple of one
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.5f;
        }
        tensors.put("z \"quoted\" é", Tensor.of(new float[] {Float.NaN, -0f, Float.NEGATIVE_INFINITY}, 1, 3));
        tensors.put("empty", Tensor.zeros(0, 4));
        tensors.put("large", Tensor.of(large, 700_001));
        Safetensors written = new Safetensors(tensors, Map.of("recipe", "sngan-proj"));
        Path file = folder.resolve("deep/er/x.safetensors");
        written.write(file);

        Safetensors read = Safetensors.read(file);
        assertThat(read).isEqualTo(written);
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(file.getParent().toFile().list()).containsExactly("x.safetensors");
    }

    @Test
    void anEmptyFileOfTensorsIsFine() throws IOException {
        Path file = folder.resolve("none.safetensors");
        Safetensors.of(Map.of()).write(file);
        assertThat(Safetensors.read(file).tensors()).isEmpty();
    }

    @Test
    void convertsOtherElementTypes() throws IOException {
        assertThat(one(
                        "F16",
                        4,
                        little(8)
                                .putShort((short) 0x3C00)
                                .putShort((short) 0x8001)
                                .putShort((short) 0x7BFF)
                                .putShort((short) 0xFC00)))
                .containsExactly(1f, -0x1p-24f, 65504f, Float.NEGATIVE_INFINITY);
        assertThat(one("BF16", 2, little(4).putShort((short) 0x3FC0).putShort((short) 0xC000)))
                .containsExactly(1.5f, -2f);
        assertThat(one("F64", 2, little(16).putDouble(0.1).putDouble(Double.POSITIVE_INFINITY)))
                .containsExactly(0.1f, Float.POSITIVE_INFINITY);
        assertThat(one("I64", 2, little(16).putLong(-16_777_216).putLong(Long.MIN_VALUE)))
                .containsExactly(-16_777_216f, -0x1p63f);
        assertThat(one("I32", 1, little(4).putInt(-3))).containsExactly(-3f);
        assertThat(one("U8", 1, little(1).put((byte) 200))).containsExactly(200f);
    }

    @Test
    void halfPrecisionIsExactForEveryValue() {
        assertThat(ElementType.halfToFloat((short) 0x7E00)).isNaN();
        for (int bits = 0; bits < 0x7C00; bits++) {
            int exponent = bits >> 10;
            double expected = exponent == 0
                    ? (bits & 0x3FF) * Math.pow(2, -24)
                    : (1 + (bits & 0x3FF) / 1024.0) * Math.pow(2, exponent - 15);
            assertThat((double) ElementType.halfToFloat((short) bits)).isEqualTo(expected);
            assertThat((double) ElementType.halfToFloat((short) (bits | 0x8000)))
                    .isEqualTo(-expected);
        }
    }

    @Test
    void refusesNumbersThatFloat32CannotHold() {
        assertThatThrownBy(() -> one("I64", 1, little(8).putLong(16_777_217)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tensor \"t\" cannot be read as float32: integer 16777217 has no exact float32");
        assertThatThrownBy(() -> one("I64", 1, little(8).putLong(Long.MAX_VALUE)))
                .hasMessageContaining("integer 9223372036854775807 has no exact float32");
        assertThatThrownBy(() -> one("F64", 1, little(8).putDouble(1e300)))
                .hasMessageContaining("value 1.0E300 is beyond the range of float32");
        assertThatThrownBy(() -> one("C64", 1, little(8)))
                .hasMessageContaining("tensor \"t\" has type \"C64\", which cannot be read as float32 (can: [F32, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0,8]   | 4  | expected 8 bytes of values after the header, found 4: the file is cut short",
                "[0,8]   | 12 | expected 8 bytes of values after the header, found 12: the file is longer than its",
                "[0,4]   | 8  | tensor \"t\" of shape [2] and type F32 must take 8 bytes, found data_offsets [0,4]",
                "[4,12]  | 12 | tensor \"t\" must start where the one before ends, at 0, found 4: values are missing",
                "[8,0]   | 8  | must take 8 bytes, found data_offsets [8,0]",
                "[-8,0]  | 8  | must take 8 bytes, found data_offsets [-8,0]",
                "[0]     | 8  | tensor \"t\" must have two data_offsets, found [0]",
            })
    void refusesWrongOffsets(String offsets, int available, String message) throws IOException {
        String header = "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":" + offsets + "}}";
        assertRefused(bytes(header, new byte[available]), message);
    }

    @Test
    void refusesOverlappingTensors() throws IOException {
        String tensor = ":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[";
        assertRefused(
                bytes("{\"a\"" + tensor + "0,8]},\"b\"" + tensor + "4,12]}}", new byte[12]),
                "tensor \"b\" must start where the one before ends, at 8, found 4: values overlap");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1]                                                      | must be a JSON object, found ARRAY",
                "{\"t\":                                                  | the header must be JSON: Unexpected end",
                "{\"t\":1,\"t\":2}                                        | the header must be JSON: Duplicate",
                "{\"__metadata__\":{\"k\":1}}                             | metadata \"k\" must be a string, found 1",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1]}}               | must have a shape of non-negative integers",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[65536,65536]}}      | fewer than 2^31 values, found [65536,65536]",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536,0]}} | fewer than 2^31 values",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":\"2\"}}              | must have a shape of non-negative integers",
            })
    void refusesMalformedHeaders(String header, String message) throws IOException {
        assertRefused(bytes(header, new byte[0]), message);
    }

    @Test
    void refusesAHeaderThatIsCutShortOrTooLong() throws IOException {
        assertRefused(new byte[3], "starts with 8 bytes of header length, but the file has 3 bytes");
        assertRefused(
                little(8).putLong(100_000_001).array(),
                "the header of a safetensors file must have 2 to 100000000 bytes, found 100000001");
        assertRefused(little(8).putLong(-1).array(), "must have 2 to 100000000 bytes, found 18446744073709551615");
        assertRefused(
                little(10).putLong(64).array(),
                "expected a header of 64 bytes after the first 8, found 2: the file is cut short");
    }

    @Test
    void everyCutIsRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.of(Map.of("t", Tensor.zeros(3))).write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    @Test
    void namesWhatIsMissing() {
        Path file = folder.resolve("absent.safetensors");
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(file.toString());
        Safetensors tensors = Safetensors.of(Map.of("weight", Tensor.zeros(1)));
        assertThatThrownBy(() -> tensors.tensor("wieght"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no tensor \"wieght\" (there are: weight)");
        assertThatThrownBy(() -> Safetensors.of(Map.of("__metadata__", Tensor.zeros(1))))
                .hasMessage("a tensor must not be named __metadata__, which safetensors reserves");
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), content);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    private float[] one(String type, int count, ByteBuffer values) throws IOException {
        String header = "{\"t\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted(type, count, values.capacity());
        Path file = Files.write(folder.resolve("one.safetensors"), bytes(header, values.array()));
        return Safetensors.read(file).tensor("t").data();
    }

    private static byte[] bytes(String header, byte[] values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return little(8 + json.length + values.length)
                .putLong(json.length)
                .put(json)
                .put(values)
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
