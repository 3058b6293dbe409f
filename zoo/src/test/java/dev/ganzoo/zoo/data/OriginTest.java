package dev.ganzoo.zoo.data;

import static dev.ganzoo.zoo.data.TinyDatasets.cifar;
import static dev.ganzoo.zoo.data.TinyDatasets.gzip;
import static dev.ganzoo.zoo.data.TinyDatasets.idxImages;
import static dev.ganzoo.zoo.data.TinyDatasets.idxLabels;
import static dev.ganzoo.zoo.data.TinyDatasets.tarEntry;
import static dev.ganzoo.zoo.data.TinyDatasets.tarGz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class OriginTest {
    private record Answer(int status, long length, byte[] body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private URI base;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring(1);
            Answer answer = answers.getOrDefault(name, new Answer(404, -1, new byte[0]));
            exchange.sendResponseHeaders(answer.status(), answer.length());
            if (answer.length() >= 0) {
                exchange.getResponseBody().write(answer.body());
                // Newer JDKs send the headers of an answer with its first bytes: see that both leave before the close.
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(String name, byte[] body) {
        answers.put(name, new Answer(200, body.length, body));
    }

    private void serveMnist() {
        serve("train-images.gz", gzip(idxImages(5)));
        serve("train-labels.gz", gzip(idxLabels(5)));
        serve("test-images.gz", gzip(idxImages(2)));
        serve("test-labels.gz", gzip(idxLabels(2)));
    }

    private static byte[] cifarArchive() {
        return tarGz(
                tarEntry("tiny-bin/", new byte[0]),
                tarEntry("tiny-bin/readme.html", new byte[7]),
                tarEntry("tiny-bin/one.bin", cifar(0, 2)),
                tarEntry("tiny-bin/two.bin", cifar(2, 1)),
                tarEntry("tiny-bin/test.bin", cifar(3, 1)));
    }

    private Dataset load(PublishedDataset dataset, DownloadListener listener) throws IOException {
        return dataset.load(Split.TRAIN, LoadOptions.defaults().listener(listener), TinyDatasets.emptyPlaces(folder));
    }

    private List<String> cached(String name) throws IOException {
        Path cache = TinyDatasets.emptyPlaces(folder).cache().resolve(name);
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void downloadsGzippedFilesOnceAndTellsTheListener() throws IOException {
        serveMnist();
        var told = new ArrayList<String>();
        Dataset train =
                load(TinyDatasets.tinyMnist(base), (file, done, total) -> told.add(file + " " + done + "/" + total));
        assertThat(train.size()).isEqualTo(5);
        assertThat(cached("tiny-mnist")).containsExactly("test-images", "test-labels", "train-images", "train-labels");
        int bytes = gzip(idxImages(5)).length;
        assertThat(told).startsWith("train-images.gz 0/" + bytes, "train-images.gz " + bytes + "/" + bytes);
        answers.clear();
        assertThat(load(TinyDatasets.tinyMnist(base), DownloadListener.NONE).fingerprint())
                .isEqualTo(train.fingerprint());
    }

    @Test
    void downloadsAnArchiveAndKeepsOnlyWhatItNeeds() throws IOException {
        serve("tiny-cifar.tar.gz", cifarArchive());
        assertThat(load(TinyDatasets.tinyCifar(base), DownloadListener.NONE).labels(0, 1, 2))
                .containsExactly(0, 1, 2);
        assertThat(cached("tiny-cifar")).containsExactly("one.bin", "test.bin", "two.bin");
    }

    @Test
    void aWrongChecksumLeavesNothing() throws IOException {
        serveMnist();
        byte[] altered = idxImages(5);
        altered[20]++;
        serve("train-images.gz", gzip(altered));
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyMnist(base), DownloadListener.NONE))
                .withMessage(
                        "download of %strain-images.gz is altered: expected sha256 %s when unpacked, found %s",
                        base,
                        TinyDatasets.source("", idxImages(5)).sha256(),
                        TinyDatasets.source("", altered).sha256());
        assertThat(cached("tiny-mnist")).doesNotContain("train-images").noneMatch(name -> name.startsWith("."));
    }

    @Test
    void aWrongChecksumInAnArchiveNamesTheFile() throws IOException {
        serve("tiny-cifar.tar.gz", tarGz(tarEntry("one.bin", cifar(5, 2))));
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessageStartingWith(
                        "one.bin in download of " + base + "tiny-cifar.tar.gz is altered: expected sha256");
        assertThat(cached("tiny-cifar")).isEmpty();
    }

    @Test
    void aCutShortDownloadSaysHowMuchCame() throws IOException {
        byte[] archive = cifarArchive();
        byte[] half = Arrays.copyOf(archive, archive.length / 2);
        answers.put("tiny-cifar.tar.gz", new Answer(200, archive.length, half));
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessageMatching("download of %stiny-cifar.tar.gz was cut short: expected %d bytes, got \\d+ bytes"
                        .formatted(base, archive.length));
        assertThat(cached("tiny-cifar")).isEmpty();
    }

    @Test
    void anArchiveThatWasCutShortAtItsSourceSaysSo() throws IOException {
        byte[] archive = cifarArchive();
        serve("tiny-cifar.tar.gz", Arrays.copyOf(archive, archive.length / 2));
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessageContaining("tiny-cifar.tar.gz is cut short");
    }

    @Test
    void anArchiveWithoutAFileSaysWhatItHolds() {
        serve("tiny-cifar.tar.gz", tarGz(tarEntry("x/two.bin", cifar(2, 1)), tarEntry("x/test.bin", cifar(3, 1))));
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessageEndingWith("is not the right archive: expected one.bin in it, found two.bin, test.bin");
    }

    @Test
    void noPathOfAnArchiveLeavesTheFolder() throws IOException {
        serve(
                "tiny-cifar.tar.gz",
                tarGz(
                        tarEntry("../../escaped.bin", new byte[10]),
                        tarEntry("../../one.bin", cifar(0, 2)),
                        tarEntry("/two.bin", cifar(2, 1)),
                        tarEntry("test.bin", cifar(3, 1))));
        load(TinyDatasets.tinyCifar(base), DownloadListener.NONE);
        assertThat(cached("tiny-cifar")).containsExactly("one.bin", "test.bin", "two.bin");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void aRefusalNamesTheStatusAndAnUnreachableServerTheAddress() {
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessage("download of %stiny-cifar.tar.gz failed: expected HTTP status 200, got 404", base);
        server.stop(0);
        assertThatIOException()
                .isThrownBy(() -> load(TinyDatasets.tinyCifar(base), DownloadListener.NONE))
                .withMessage("download of %stiny-cifar.tar.gz failed: cannot connect to 127.0.0.1", base);
    }
}
