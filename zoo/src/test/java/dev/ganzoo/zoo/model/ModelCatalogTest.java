package dev.ganzoo.zoo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class ModelCatalogTest {
    @TempDir
    Path folder;

    @Test
    void listsFoldersAndZipsByTheirNames() throws Exception {
        TinyModels.write(folder.resolve("one"));
        TinyModels.write(folder.resolve("two.zip"));
        Files.createDirectory(folder.resolve("no-model"));
        Files.writeString(folder.resolve("notes.txt"), "x");
        Files.writeString(folder.resolve(".three.zip.0.partial"), "x");

        List<ModelSummary> models = catalog().models();

        assertThat(models).extracting(ModelSummary::name).containsExactly("one", "two");
        assertThat(models.get(1).card().orElseThrow().title()).isEqualTo("A tiny generator");
        assertThat(models.get(1).location()).isEqualTo(folder.resolve("two.zip").toString());
    }

    @Test
    void brokenPackagesAreListedWithTheirProblem() throws Exception {
        TinyModels.write(folder.resolve("good"));
        Files.writeString(folder.resolve("broken.zip"), "no zip");

        List<ModelSummary> models = catalog().models();

        assertThat(models).extracting(ModelSummary::name).containsExactly("broken", "good");
        assertThat(models.get(0).card()).isEmpty();
        assertThat(models.get(0).problem().orElseThrow()).contains("broken.zip: not a whole zip file");
    }

    @Test
    void findsByNameThenByPath() throws Exception {
        Path path = TinyModels.write(folder.resolve("one.zip"));
        Path elsewhere = TinyModels.write(folder.resolve("else/where"));

        assertThat(catalog().find("one").location()).isEqualTo(path.toString());
        assertThat(catalog().find(elsewhere.toString()).location()).isEqualTo(elsewhere.toString());
        assertThatThrownBy(() -> catalog().find("./gone.zip"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("./gone.zip: no such file or folder");
    }

    @Test
    void unknownNamesSuggestTheNearest() throws Exception {
        TinyModels.write(folder.resolve("sngan-proj"));

        assertThatThrownBy(() -> catalog().find("sngan-prj"))
                .isInstanceOfSatisfying(
                        UnknownModelException.class, e -> assertThat(e.known()).containsExactly("sngan-proj"))
                .hasMessage("unknown model \"sngan-prj\"; did you mean \"sngan-proj\"? (known: sngan-proj)");
        assertThatThrownBy(() -> catalog().find("\0")).isInstanceOf(UnknownModelException.class);
    }

    @Test
    void aFolderThatIsNotThereHasNoModels() {
        assertThat(ModelCatalog.in(folder.resolve("none"), noBundle()).models()).isEmpty();
    }

    @Test
    void bundledModelsAreFoundAndHiddenByTheFolders() throws Exception {
        Path bundle = folder.resolve("bundle");
        TinyModels.write(bundle.resolve("dev/ganzoo/models/tiny"));
        TinyModels.write(bundle.resolve("dev/ganzoo/models/second"));
        TinyModels.write(bundle.resolve("dev/ganzoo/models/last"));
        Files.writeString(bundle.resolve("dev/ganzoo/models/index.txt"), "second\ntiny\nlast\n");
        Path models = folder.resolve("models");
        TinyModels.write(models.resolve("tiny"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {bundle.toUri().toURL()}, null)) {
            ModelCatalog catalog = ModelCatalog.in(models, loader);

            assertThat(catalog.models())
                    .extracting(ModelSummary::location)
                    .containsExactly(
                            models.resolve("tiny").toString(),
                            "classpath:dev/ganzoo/models/second/",
                            "classpath:dev/ganzoo/models/last/");
            catalog.find("last").verify();
        }
    }

    private ModelCatalog catalog() throws IOException {
        return ModelCatalog.in(folder, noBundle());
    }

    private static ClassLoader noBundle() {
        return new URLClassLoader(new URL[0], null);
    }
}
