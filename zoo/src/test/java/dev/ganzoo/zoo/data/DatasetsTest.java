package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class DatasetsTest {
    private static final Map<String, String> CONTENT = Map.of(
            "cifar10 train", "4556e93e79e0edf25600e9edee3ad0a1d60ba305514ef82a8a484b66edc59f74",
            "cifar10 test", "295f81f2f4097e994bc68dd388afa8f3b574415b682fd9ee7cb052c18de9d39f",
            "fashion-mnist train", "46fb078a508871f535b1695b05351a1b277891ebfcccc4ec030b36480139a634",
            "fashion-mnist test", "78f1e478087215ac16c12bdfc1b56cae4a470071642f6e2156b70dcbc220f7f9",
            "mnist train", "ae6464ebe9ac2be79fbf5a94bf0b1b6ac0b98387f2b2787d554d362169805543",
            "mnist test", "1c8c7794d24cf243f9316d56ff5201eea7d4afac7f0eede125f5137c9d8e8aac");

    static List<String> names() {
        return Datasets.names();
    }

    @Test
    void knowsThePublishedOnesAndFolders(@TempDir Path folder) {
        assertThat(Datasets.names()).containsExactly("cifar10", "fashion-mnist", "mnist");
        assertThat(Datasets.named(folder.toString())).isEqualTo(new ImageFolder(folder));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.named("cifar-10"))
                .withMessage("unknown dataset \"cifar-10\"; did you mean \"cifar10\"?"
                        + " (known: cifar10, fashion-mnist, mnist, or the path of a folder of images)");
    }

    @Test
    void findsWhatAProgramMakes() throws IOException {
        var picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        Dataset shapes = Dataset.named("shapes")
                .add("a", picture)
                .add("b", picture)
                .add("b", picture)
                .build();
        DatasetLoader own = Datasets.named("mine", List.of(DatasetLoader.of("mine", () -> shapes)));

        assertThat(own.load(Split.TRAIN, LoadOptions.defaults())).isSameAs(shapes);
        assertThat(own.load(Split.TRAIN, LoadOptions.defaults().size(4).limit(2)))
                .hasToString("shapes train: 2 images (3, 4, 4) of 2 classes");
        assertThat(own.has(Split.TEST)).isFalse();
        assertThatIOException()
                .isThrownBy(() -> own.load(Split.TEST, LoadOptions.defaults()))
                .withMessage("dataset mine has no test split: a program makes it, for training only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.named("mime", List.of(own)))
                .withMessageStartingWith("unknown dataset \"mime\"; did you mean \"mine\"?");
    }

    @Test
    void refusesANameTwice() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Datasets.register(List.of(Datasets.named("mnist"), Datasets.named("mnist"))))
                .withMessage("dataset names must differ, got mnist twice");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRealFilesAreAsPublished(String name) throws IOException {
        DatasetLoader loader = Datasets.named(name);
        var options = LoadOptions.defaults().download(false);
        assumeTrue(loader.find(options).isPresent(), () -> name + " is not on this machine");
        for (Split split : Split.values()) {
            Dataset dataset = loader.load(split, options);
            assertThat(dataset.fingerprint()).isEqualTo(CONTENT.get(name + " " + split));
            assertThat(IntStream.range(0, dataset.size())
                            .map(dataset::label)
                            .distinct()
                            .count())
                    .isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void everyPublishedDatasetNamesTenClassesAndItsFiles(Split split) {
        for (String name : Datasets.names()) {
            var published = (PublishedDataset) Datasets.named(name);
            assertThat(published.classNames()).hasSize(10).doesNotHaveDuplicates();
            assertThat(published.files(split))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.sha256()).matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void theCacheIsNamedByPropertyThenEnvironmentThenHome() {
        Map<String, String> home = Map.of("user.home", "home");
        assertThat(Places.of(home::get, Map.of("GANZOO_DATA", "data")::get))
                .isEqualTo(new Places(Path.of("home/.cache/ganzoo/datasets"), java.util.Optional.of(Path.of("data"))));
        assertThat(Places.of(home::get, Map.of("GANZOO_CACHE", "env")::get).cache())
                .isEqualTo(Path.of("env/datasets"));
        assertThat(Places.of(Map.of("ganzoo.cache", "property")::get, Map.of("GANZOO_CACHE", "env")::get)
                        .cache())
                .isEqualTo(Path.of("property/datasets"));
    }
}
