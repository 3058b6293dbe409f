package dev.ganzoo.zoo.data;

import static dev.ganzoo.zoo.data.TinyDatasets.cifar;
import static dev.ganzoo.zoo.data.TinyDatasets.gzip;
import static dev.ganzoo.zoo.data.TinyDatasets.idxImages;
import static dev.ganzoo.zoo.data.TinyDatasets.idxLabels;
import static dev.ganzoo.zoo.data.TinyDatasets.pixel;
import static dev.ganzoo.zoo.data.TinyDatasets.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class PublishedDatasetTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");
    private static final PublishedDataset CIFAR = TinyDatasets.tinyCifar(NOWHERE);
    private static final PublishedDataset MNIST = TinyDatasets.tinyMnist(NOWHERE);

    @TempDir
    private Path folder;

    private Dataset load(PublishedDataset dataset, Split split) throws IOException {
        return dataset.load(split, LoadOptions.defaults().folder(folder), TinyDatasets.emptyPlaces(folder));
    }

    private void writeCifar() throws IOException {
        write(folder, "one.bin", cifar(0, 2));
        write(folder, "two.bin", cifar(2, 1));
        write(folder, "test.bin", cifar(3, 1));
    }

    private void writeMnist() throws IOException {
        write(folder, "train-images", idxImages(5));
        write(folder, "train-labels.gz", gzip(idxLabels(5)));
    }

    @Test
    void readsCifarRecordsFromAllFilesInOrder() throws IOException {
        writeCifar();
        Dataset train = load(CIFAR, Split.TRAIN);
        assertThat(train).hasToString("tiny-cifar train: 3 images (3, 32, 32) of 3 classes");
        assertThat(train.labels(0, 1, 2)).containsExactly(0, 1, 2);
        for (int i = 0; i < 3; i++) {
            assertThat(train.pixels(i)).isEqualTo(Arrays.copyOfRange(cifar(i, 1), 1, 3073));
        }
        assertThat(load(CIFAR, Split.TEST).pixels(0)[5]).isEqualTo(pixel(3, 5));
    }

    @Test
    void readsIdxGzippedOrNot() throws IOException {
        writeMnist();
        Dataset train = load(MNIST, Split.TRAIN);
        assertThat(train).hasToString("tiny-mnist train: 5 images (1, 28, 28) of 3 classes");
        assertThat(train.labels(0, 1, 2, 3, 4)).containsExactly(0, 1, 2, 0, 1);
        assertThat(train.pixels(4)).isEqualTo(Arrays.copyOfRange(idxImages(5), 16 + 4 * 784, 16 + 5 * 784));
    }

    @Test
    void appliesLimitSizeAndChannels() throws IOException {
        writeMnist();
        var options = LoadOptions.defaults().folder(folder).limit(2).size(32).channels(3);
        Dataset dataset = MNIST.load(Split.TRAIN, options, TinyDatasets.emptyPlaces(folder));
        assertThat(dataset).hasToString("tiny-mnist train: 2 images (3, 32, 32) of 3 classes");
    }

    @Test
    void looksInTheCacheThenInTheUsersDataThenInSystemFolders() throws IOException {
        var places = new Places(folder.resolve("cache"), Optional.of(folder.resolve("data")));
        assertThat(places.candidates(CIFAR, LoadOptions.defaults()))
                .extracting(path -> folder.relativize(path).toString().replace('\\', '/'))
                .containsExactly("cache/tiny-cifar", "cache/tiny-bin", "data/tiny-cifar", "data/tiny-bin");
        Path data = folder.resolve("data").resolve("tiny-bin");
        write(data, "one.bin", cifar(0, 2));
        write(data, "two.bin", cifar(2, 1));
        assertThat(CIFAR.load(Split.TRAIN, LoadOptions.defaults(), places).size())
                .isEqualTo(3);
    }

    @Test
    void aCutShortFileSaysHowLongItMustBe() throws IOException {
        writeCifar();
        Path file = write(folder, "two.bin", Arrays.copyOf(cifar(2, 1), 1000));
        assertThatIOException()
                .isThrownBy(() -> load(CIFAR, Split.TRAIN))
                .withMessage("%s is cut short: expected 3073 bytes, found 1000", file);
    }

    @Test
    void aCutShortGzipFileSaysHowLongItsContentMustBe() throws IOException {
        writeMnist();
        byte[] packed = gzip(idxLabels(5));
        Path file = write(folder, "train-labels.gz", Arrays.copyOf(packed, packed.length - 4));
        assertThatIOException()
                .isThrownBy(() -> load(MNIST, Split.TRAIN))
                .withMessage("%s is cut short: expected 13 bytes when unpacked, found gzip data that end before", file);
        write(folder, "train-labels.gz", Arrays.copyOf(packed, 5));
        assertThatIOException().isThrownBy(() -> load(MNIST, Split.TRAIN)).withMessageContaining("is cut short");
    }

    @Test
    void anAlteredFileSaysBothChecksums() throws IOException {
        writeCifar();
        byte[] altered = cifar(0, 2);
        altered[100]++;
        Path file = write(folder, "one.bin", altered);
        assertThatIOException()
                .isThrownBy(() -> load(CIFAR, Split.TRAIN))
                .withMessage(
                        "%s is altered: expected sha256 %s, found %s",
                        file,
                        CIFAR.files(Split.TRAIN).get(0).sha256(),
                        TinyDatasets.source("one.bin", altered).sha256());
    }

    @Test
    void alteredGzipDataAreNamed() throws IOException {
        writeMnist();
        byte[] packed = gzip(idxLabels(5));
        packed[packed.length - 6]++;
        Path file = write(folder, "train-labels.gz", packed);
        assertThatIOException()
                .isThrownBy(() -> load(MNIST, Split.TRAIN))
                .withMessageStartingWith(file + " is altered: expected the gzip form of 13 bytes with sha256 ");
    }

    @Test
    void aFileThatIsTooLongSaysSo() throws IOException {
        writeCifar();
        Path file = write(folder, "two.bin", cifar(2, 2));
        assertThatIOException()
                .isThrownBy(() -> load(CIFAR, Split.TRAIN))
                .withMessage("%s is too long: expected 3073 bytes, found 6146", file);
    }

    @Test
    void aWronglyNamedFileSaysWhatItIs() throws IOException {
        writeMnist();
        Path file = write(folder, "train-images", idxLabels(5));
        assertThatIOException()
                .isThrownBy(() -> load(MNIST, Split.TRAIN))
                .withMessage("%s is not the file its name says: expected magic 0x00000803, found 0x00000801", file);
        write(folder, "train-images", idxImages(4));
        assertThatIOException()
                .isThrownBy(() -> load(MNIST, Split.TRAIN))
                .withMessage("%s is not the file its name says: expected images 5, found 4", file);
    }

    @Test
    void aFolderThatLacksAFileSaysWhichAndWhatItHolds() throws IOException {
        write(folder, "one.bin", cifar(0, 2));
        write(folder, "data_two.bin", cifar(2, 1));
        assertThatIOException()
                .isThrownBy(() -> load(CIFAR, Split.TRAIN))
                .withMessage(
                        "dataset tiny-cifar is not complete in %s: expected two.bin (or gzipped, with .gz),"
                                + " found data_two.bin, one.bin",
                        folder);
    }

    @Test
    void withoutDownloadSaysWhereItLooked() {
        var options = LoadOptions.defaults().download(false);
        assertThatIOException()
                .isThrownBy(() -> MNIST.load(Split.TRAIN, options, TinyDatasets.emptyPlaces(folder)))
                .withMessage(
                        "dataset tiny-mnist is not on this machine: expected train-images, train-labels in one of %s;"
                                + " name its folder, set GANZOO_DATA to the folder above it, or allow the download",
                        folder.resolve("cache").resolve("tiny-mnist"));
    }
}
