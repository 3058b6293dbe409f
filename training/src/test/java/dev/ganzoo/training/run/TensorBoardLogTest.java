package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.files.Folders;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class TensorBoardLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_770_000_000_500L), ZoneOffset.UTC);

    @TempDir
    Path run;

    @Test
    void beginsWithTheVersionAndWritesScalars() throws IOException {
        try (TensorBoardLog log = start(0)) {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("loss/discriminator", 1.5);
            metrics.put("loss/generator", -0.25);
            log.stepDone(new StepReport(300, 1000, metrics, 800));
            log.stepDone(new StepReport(301, 1000, Map.of(), 800));
        }
        List<byte[]> records = records(files().get(0));
        assertThat(records).hasSize(3);

        Map<Integer, List<Object>> version = decode(records.get(0));
        assertThat(version.get(1)).containsExactly(Double.doubleToLongBits(1_770_000_000.5));
        assertThat(text(version.get(3).get(0))).isEqualTo("brain.Event:2");

        Map<Integer, List<Object>> step = decode(records.get(2));
        assertThat(step.get(2)).containsExactly(300L);
        List<Object> values = decode((byte[]) step.get(5).get(0)).get(1);
        assertThat(values).hasSize(3);
        assertScalar(values.get(0), "loss/discriminator", 1.5f);
        assertScalar(values.get(1), "loss/generator", -0.25f);
        assertScalar(values.get(2), "speed/images_per_second", 800f);
    }

    @Test
    void writesSampleGridsAsImages() throws IOException {
        try (TensorBoardLog log = start(0)) {
            log.samples(new SampleReport(7, Tensor.zeros(4, 3, 8, 8), 2));
        }
        Map<Integer, List<Object>> event = decode(records(files().get(0)).get(2));
        assertThat(event.get(2)).containsExactly(7L);
        Map<Integer, List<Object>> value =
                decode((byte[]) decode((byte[]) event.get(5).get(0)).get(1).get(0));
        assertThat(text(value.get(1).get(0))).isEqualTo("samples/fixed");
        Map<Integer, List<Object>> image = decode((byte[]) value.get(4).get(0));
        var decoded =
                ImageIO.read(new ByteArrayInputStream((byte[]) image.get(4).get(0)));
        assertThat(image.get(1)).containsExactly((long) decoded.getHeight());
        assertThat(image.get(2)).containsExactly((long) decoded.getWidth());
        assertThat(image.get(3)).containsExactly(3L);
    }

    @Test
    void aContinuationBeginsANewFileThatOverridesLaterSteps() throws IOException {
        start(0).close();
        start(500).close();
        List<Path> files = files();
        assertThat(files).hasSize(2);
        assertThat(files.get(0).getFileName().toString()).matches("events\\.out\\.tfevents\\.1770000000\\..*\\.0");
        assertSessionStart(files.get(0), 1);
        assertSessionStart(files.get(1), 501);
    }

    private static void assertSessionStart(Path file, long step) throws IOException {
        Map<Integer, List<Object>> session = decode(records(file).get(1));
        assertThat(session.get(2)).containsExactly(step);
        assertThat(decode((byte[]) session.get(7).get(0)).get(1)).containsExactly(1L);
    }

    @Test
    void theTestsOwnChecksumIsCrc32c() {
        assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
    }

    private TensorBoardLog start(long step) throws IOException {
        TensorBoardLog log = TensorBoardLog.of(run, CLOCK);
        log.started(new RunStart("sngan-proj", step, 1000));
        return log;
    }

    private List<Path> files() throws IOException {
        return Folders.list(run.resolve("tensorboard"));
    }

    private static void assertScalar(Object value, String tag, float number) {
        Map<Integer, List<Object>> fields = decode((byte[]) value);
        assertThat(text(fields.get(1).get(0))).isEqualTo(tag);
        assertThat(fields.get(2)).containsExactly(Float.floatToIntBits(number));
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static List<byte[]> records(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(masked(crc32c(length)));
            byte[] content = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(content);
            assertThat(in.getInt()).isEqualTo(masked(crc32c(content)));
            records.add(content);
        }
        return records;
    }

    private static int masked(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** Bit by bit after Castagnoli's reflected polynomial, to be independent of the JDK's. */
    private static int crc32c(byte[] content) {
        int crc = -1;
        for (byte next : content) {
            crc ^= next & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }
        return ~crc;
    }

    /** The fields of a message: numbers as Long (Integer for 32 bits), everything with a length as bytes. */
    private static Map<Integer, List<Object>> decode(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value;
            switch ((int) (key & 7)) {
                case 0 -> value = varint(in);
                case 1 -> value = in.getLong();
                case 5 -> value = in.getInt();
                default -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    value = bytes;
                }
            }
            fields.computeIfAbsent((int) (key >>> 3), field -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
