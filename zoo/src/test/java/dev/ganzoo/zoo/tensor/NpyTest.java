package dev.ganzoo.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class NpyTest {
    @Test
    void writesTheHeaderThatNumpyWrites() {
        byte[] npy = Npy.encode(Tensor.of(new float[] {1.5f, -2, 3, 4, 5, 6}, 2, 3));

        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        assertThat(Arrays.copyOf(npy, 10)).isEqualTo(magic);
        String header = new String(npy, 10, 118, StandardCharsets.US_ASCII);
        assertThat(header.stripTrailing()).isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
        assertThat(header).endsWith("\n");
        float[] values = new float[6];
        ByteBuffer.wrap(npy, 128, 24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(1.5f, -2, 3, 4, 5, 6);
        assertThat(npy).hasSize(128 + 24);
    }

    @Test
    void oneAxisAndNoneAreTuples() {
        assertThat(new String(Npy.encode(Tensor.zeros(7)), StandardCharsets.ISO_8859_1))
                .contains("'shape': (7,), }");
        assertThat(new String(Npy.encode(Tensor.zeros()), StandardCharsets.ISO_8859_1))
                .contains("'shape': (), }");
    }

    @Test
    void piecesGiveTheSameFile() throws Exception {
        float[] values = new float[40_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        Npy.writeHeader(pieces, 4, 10_000);
        for (int i = 0; i < 4; i++) {
            Npy.writeValues(pieces, Arrays.copyOfRange(values, i * 10_000, (i + 1) * 10_000));
        }

        assertThat(pieces.toByteArray()).isEqualTo(Npy.encode(Tensor.of(values, 4, 10_000)));
    }
}
