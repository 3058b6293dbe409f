package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.tensor.NpyArray;
import dev.ganzoo.zoo.tensor.Npz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class StatisticsFileTest {
    private static final GaussianStatistics PUBLISHED =
            new GaussianStatistics(0, new double[] {0.5, -1, 2}, new double[] {2, 1, 0, 1, 3, 0.5, 0, 0.5, 4});

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("x.npz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "deflated", "fortran", "foreign"})
    void readsWhatNumpyWrote(String name) throws IOException {
        copy(name);

        assertThat(GaussianStatistics.read(file)).isEqualTo(PUBLISHED);
        try (Npz npz = Npz.open(file)) {
            assertThat(npz.names()).containsExactly("mu", "sigma", "cube");
            double[] values = new double[24];
            Arrays.setAll(values, i -> i);
            assertThat(npz.array("cube").shape()).containsExactly(2, 3, 4);
            assertThat(npz.array("cube").values()).containsExactly(values);
        }
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        GaussianStatistics counted = new GaussianStatistics(50_000, PUBLISHED.mean(), PUBLISHED.covariance());
        for (GaussianStatistics statistics : new GaussianStatistics[] {PUBLISHED, counted}) {
            statistics.write(file);
            assertThat(GaussianStatistics.read(file)).isEqualTo(statistics);
            byte[] bytes = Files.readAllBytes(file);
            statistics.write(file);
            assertThat(file).hasBinaryContent(bytes);
        }
        assertThat(folder.toFile().list()).containsExactly("x.npz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(2,)   | (2, 3) | \"sigma\" must have shape [2, 2], found [2, 3]",
                "(2, 1) | (2, 2) | \"mu\" must have a shape of one extent in 1..16384, found [2, 1]",
                "()     | (2, 2) | \"mu\" must have a shape of one extent in 1..16384, found []",
                "(0,)   | (0, 0) | \"mu\" must have a shape of one extent in 1..16384, found [0]"
            })
    void refusesOtherShapes(String mu, String sigma, String message) throws IOException {
        zip(Map.of("mu.npy", npy("<f8", mu, 8 * count(mu)), "sigma.npy", npy("<f8", sigma, 8 * count(sigma))));

        assertFails(message);
    }

    @Test
    void takesNoMemoryForValuesThatAreNotThere() throws IOException {
        zip(Map.of("mu.npy", npy("<f8", "(16384,)", 8 * 16384), "sigma.npy", npy("<f8", "(16384, 16384)", 8)));
        assertFails("array \"sigma\": expected 2147483776 bytes as its header says, found 136, packed into ");

        zip(Map.of("mu.npy", npy("<f8", "(99999, 99999)", 8)));
        assertFails("array \"mu\": expected an array of fewer than 2^31 values, found shape (99999, 99999)");
    }

    @Test
    void refusesWhatIsNoArrayOfNumbers() throws IOException {
        zip(Map.of("mu.npy", npy("|O", "(2,)", 16)));
        assertFails("array \"mu\": expected elements of type f4, f8, i4 or i8, found \"|O\"");
        zip(Map.of("mu.npy", "no array at all".getBytes(StandardCharsets.US_ASCII)));
        assertFails("array \"mu\": expected an npy array of version 1 to 3, found the bytes [110, 111, 32, ");
        zip(Map.of("mu.npy", Arrays.copyOf(npy("<f8", "(2,)", 16), 40)));
        assertFails("array \"mu\": expected 118 more bytes of an npy array, found 30");
        zip(Map.of("mean.npy", npy("<f8", "(2,)", 16), "readme.txt", new byte[3]));
        assertFails("no array \"mu\" (there are: mean)");
    }

    @Test
    void refusesFilesCutShortOrAltered() throws IOException {
        copy("stored");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
        assertFails("expected an npz, which is a zip, found none that is whole (");
        int position = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("(3,)") + 80;
        bytes[position] ^= 1;
        Files.write(file, bytes);
        assertFails("array \"mu\": expected the check sum ");
        Files.delete(file);
        assertThatThrownBy(() -> GaussianStatistics.read(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesNumbersThatAreNoStatistics() throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("mu", NpyArray.of(new double[] {Double.NaN}, 1));
        arrays.put("sigma", NpyArray.of(new double[] {1}, 1, 1));
        Npz.write(file, arrays);

        assertFails("mean must be finite, got NaN at position 0");
    }

    private void copy(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(name + ".npz")) {
            Files.write(file, in.readAllBytes());
        }
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> GaussianStatistics.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": " + message);
    }

    private static int count(String tuple) {
        return Arrays.stream(tuple.split("[(),]"))
                .filter(extent -> !extent.isBlank())
                .mapToInt(extent -> Integer.parseInt(extent.strip()))
                .reduce(1, (a, b) -> a * b);
    }

    private static byte[] npy(String type, String shape, int valueBytes) {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        byte[] bytes = Arrays.copyOf(start, 128 + valueBytes);
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, 118);
        return bytes;
    }

    private void zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        Files.write(file, bytes.toByteArray());
    }
}
