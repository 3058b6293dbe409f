package dev.ganzoo.zoo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.files.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ModelPackageTest {
    private static final byte[] NETWORK = TinyModels.network("conditional");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny.zip"})
    void isReadBack(String name) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelPackage.GENERATOR, NETWORK);
        files.put(ModelPackage.PREVIEW, new byte[] {1, 2, 3});

        ModelPackage written =
                ModelPackage.write(folder.resolve(name), TinyModels.card("tiny").build(), files);

        ModelPackage read = ModelPackage.open(folder.resolve(name));
        assertThat(read.card()).isEqualTo(written.card());
        assertThat(read.card().files())
                .containsExactly(
                        Map.entry(ModelPackage.GENERATOR, new ModelCard.FileEntry(NETWORK.length, Sha256.of(NETWORK))),
                        Map.entry(ModelPackage.PREVIEW, new ModelCard.FileEntry(3, Sha256.of(new byte[] {1, 2, 3}))));
        assertThat(read.read(ModelPackage.GENERATOR)).isEqualTo(NETWORK);
        read.verify();
        assertThat(entries(folder)).containsExactly(name);
    }

    @Test
    void theSameContentGivesTheSameZip() throws Exception {
        TinyModels.write(folder.resolve("a.zip"));
        TinyModels.write(folder.resolve("b.zip"));

        assertThat(Files.readAllBytes(folder.resolve("a.zip"))).isEqualTo(Files.readAllBytes(folder.resolve("b.zip")));
        try (ZipFile zip = new ZipFile(folder.resolve("a.zip").toFile())) {
            assertThat(Collections.list(zip.entries()).get(0).getName()).isEqualTo(ModelPackage.CARD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny.zip"})
    void isNeverReplaced(String name) throws Exception {
        Path target = TinyModels.write(folder.resolve(name));

        assertThatThrownBy(() -> TinyModels.write(target)).isInstanceOf(FileAlreadyExistsException.class);

        ModelPackage.open(target).verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "bad.zip"})
    void nothingIsLeftWhenWritingFails(String name) throws Exception {
        Map<String, byte[]> files = Map.of("../evil", new byte[1]);

        assertThatThrownBy(() -> ModelPackage.write(
                        folder.resolve(name), TinyModels.card("tiny").build(), files))
                .hasMessageStartingWith("a file name must match");

        assertThat(entries(folder)).isEmpty();
    }

    @Test
    void anAlteredByteIsFound() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        byte[] altered = NETWORK.clone();
        altered[1000] ^= 1;
        Files.write(target.resolve(ModelPackage.GENERATOR), altered);

        assertInvalid(
                target,
                "generator.onnx was altered: expected sha256 %s, found %s"
                        .formatted(Sha256.of(NETWORK), Sha256.of(altered)));
    }

    @Test
    void aShortOrLongFileIsFound() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        Files.write(target.resolve(ModelPackage.GENERATOR), Arrays.copyOf(NETWORK, 100));
        assertInvalid(target, "generator.onnx must have 2421 bytes, found 100");
        Files.write(target.resolve(ModelPackage.GENERATOR), Arrays.copyOf(NETWORK, 9999));
        assertInvalid(target, "generator.onnx must have 2421 bytes, found more");
    }

    @Test
    void aMissingFileIsFound() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        Files.delete(target.resolve(ModelPackage.GENERATOR));
        assertInvalid(target, "generator.onnx is missing");
        Files.delete(target.resolve(ModelPackage.CARD));
        assertInvalid(target, "card.json is missing");
        assertThatThrownBy(() -> ModelPackage.open(folder.resolve("none")))
                .hasMessage(folder.resolve("none") + ": no such file or folder");
    }

    @Test
    void aZipCutShortIsFound() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny.zip"));
        byte[] whole = Files.readAllBytes(target);
        for (int length : new int[] {0, 10, 500, whole.length / 2, whole.length - 1}) {
            Files.write(target, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelPackage.open(target).verify())
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageStartingWith(target + ": not a whole zip file: cut short or altered (");
        }
    }

    @Test
    void anAlteredZipIsNeverTaken() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny.zip"));
        byte[] whole = Files.readAllBytes(target);
        ModelPackage expected = ModelPackage.open(target);
        byte[] card = expected.card().json().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] altered = whole.clone();
            altered[at] ^= 0x55;
            Files.write(target, altered);
            try {
                ModelPackage found = ModelPackage.open(target);
                // Only bytes that carry nothing, such as a time, may be altered unnoticed.
                assertThat(found.card().json().getBytes(StandardCharsets.UTF_8).length)
                        .isEqualTo(card.length);
                assertThat(found.read(ModelPackage.GENERATOR)).isEqualTo(NETWORK);
            } catch (InvalidModelException e) {
                assertThat(e).hasMessageStartingWith(target.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../generator.onnx", "/generator.onnx", "sub/generator.onnx", "..\\generator.onnx", "C:x"})
    void zipEntriesThatLeaveThePackageAreRefused(String entry) throws Exception {
        Path target = folder.resolve("evil.zip");
        zip(target, Map.of(ModelPackage.CARD, card(), entry, NETWORK));

        assertInvalid(target, "entry \"%s\" must lie at the top of the package".formatted(entry));
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        Path outside = Files.write(folder.resolve("outside"), NETWORK);
        Files.delete(target.resolve(ModelPackage.GENERATOR));
        Files.createSymbolicLink(target.resolve(ModelPackage.GENERATOR), outside);

        assertInvalid(target, "generator.onnx leaves the package: it leads to " + outside.toRealPath());
    }

    @Test
    void aHugeCardIsRefusedUnread() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        Files.write(target.resolve(ModelPackage.CARD), new byte[(1 << 20) + 1]);

        assertInvalid(target, "card.json must have at most 1048576 bytes, got more");
    }

    @Test
    void filesThatTheCardDoesNotListAreNotRead() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        Files.write(target.resolve("other"), new byte[1]);

        assertThatThrownBy(() -> ModelPackage.open(target).read("other"))
                .hasMessage(target + ": card.json does not list a file other, only [generator.onnx]");
    }

    @Test
    void cardsThatAreNoneAreRefused() throws Exception {
        Path target = TinyModels.write(folder.resolve("tiny"));
        String good = Files.readString(target.resolve(ModelPackage.CARD));
        assertCard(target, "{", "card.json: not json at line 1: ");
        assertCard(target, "[]", "card.json: format must be 1, got none");
        assertCard(target, good.replace("\"format\" : 1", "\"format\" : 2"), "card.json: format must be 1, got 2");
        assertCard(
                target,
                good.replace("\"labels\"", "\"labls\""),
                "card.json: unknown property \"labls\"; did you mean \"labels\"? (known: ");
        assertCard(
                target,
                good.replace("\"size\" : 8", "\"size\" : 0"),
                "card.json: latent.size must be in 1..4096, got 0");
        assertCard(target, good.replace("scaled:0.8", "scaled:3"), "card.json: truncation must be in (0, 2], got 3");
        assertCard(target, good.replace("\"fp32\"", "\"fp8\""), "card.json: precision must be fp32 or fp16, got fp8");
        assertCard(target, good.replace("generator.onnx", "../x"), "card.json: a file name must match ");
        assertCard(target, good.replace("\"dataset\" : \"none\",", ""), "card.json: dataset must be given");
        assertCard(target, good.replace("\"generator\"", "\"dancer\""), "card.json: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"measured", "measured.zip"})
    void measurementsAreWrittenIntoTheCard(String name) throws Exception {
        Path target = TinyModels.write(folder.resolve(name));
        Map<String, String> protocol = Map.of("extractor", "some");
        ModelCard.Quality first = new ModelCard.Quality("fid", 30, null, protocol);
        ModelCard.Quality better = new ModelCard.Quality("fid", 20, 0.5, protocol);
        ModelCard.Quality other = new ModelCard.Quality("fid", 25, null, Map.of("extractor", "another"));

        ModelPackage.open(target).withQuality(List.of(first, other)).withQuality(List.of(better));

        ModelPackage read = ModelPackage.open(target);
        read.verify();
        assertThat(read.card().quality()).containsExactly(other, better);
        assertThat(entries(folder)).containsExactly(name);
    }

    @Test
    void measurementsAreNotWrittenWhereFilesAreDamaged() throws Exception {
        Path target = TinyModels.write(folder.resolve("damaged"));
        byte[] card = Files.readAllBytes(target.resolve(ModelPackage.CARD));
        Files.write(target.resolve(ModelPackage.GENERATOR), new byte[3]);
        List<ModelCard.Quality> scores = List.of(new ModelCard.Quality("fid", 30, null, Map.of("extractor", "some")));

        assertThatThrownBy(() -> ModelPackage.open(target).withQuality(scores))
                .isInstanceOf(InvalidModelException.class);
        assertThat(Files.readAllBytes(target.resolve(ModelPackage.CARD))).isEqualTo(card);
        ModelPackage bundled = ModelCatalog.in(folder).find("sngan-proj");
        assertThatThrownBy(() -> bundled.withQuality(scores))
                .hasMessageEndingWith("is bundled and cannot be written; copy the package to a folder");
    }

    private void assertCard(Path target, String json, String message) throws IOException {
        Files.writeString(target.resolve(ModelPackage.CARD), json);
        assertThatThrownBy(() -> ModelPackage.open(target))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(target + ": " + message);
    }

    private static void assertInvalid(Path target, String message) {
        assertThatThrownBy(() -> ModelPackage.open(target).verify())
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(target + ": " + message);
    }

    private byte[] card() throws IOException {
        Path good = TinyModels.write(folder.resolve("good"));
        return Files.readAllBytes(good.resolve(ModelPackage.CARD));
    }

    private static void zip(Path target, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private static Stream<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
