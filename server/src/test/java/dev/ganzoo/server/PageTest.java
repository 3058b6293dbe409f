package dev.ganzoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.model.ModelPackage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, in a real browser. */
@Tag("browser")
class PageTest {
    private static final String LOADED = "document.querySelector('#grid').ariaBusy === 'false'"
            + " && document.querySelectorAll('#grid img').length > 0"
            + " && [...document.querySelectorAll('#grid img')].every(i => i.complete && i.naturalWidth > 0)";
    private static final String SOURCES = "[...document.querySelectorAll('#grid img')].map(i => i.src)";

    @TempDir
    static Path folder;

    @TempDir
    static Path downloads;

    @TempDir
    static Path profile;

    private static RunningServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(profile, downloads);
        TinyModels.write(folder.resolve("tiny"));
        ModelPackage.write(
                folder.resolve("unconditional"),
                TinyModels.card("unconditional")
                        .labels(List.of())
                        .image(1, 4, 4)
                        .build(),
                Map.of(ModelPackage.GENERATOR, TinyModels.network("unconditional")));
        server = new RunningServer(folder, Limits.DEFAULT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @AfterEach
    void nothingWentWrongUnseen() throws Exception {
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void showsImagesOfTheModel() throws Exception {
        open("?model=tiny");
        assertThat(browser.value(SOURCES)).hasSize(16);
        assertThat(browser.value("document.querySelector('#card').innerText").asText())
                .contains("tiny", "step 10", "not measured");
        assertThat(browser.value("getComputedStyle(document.querySelector('#grid img')).imageRendering")
                        .asText())
                .isEqualTo("pixelated");
    }

    @Test
    void aClickOnAClassShowsThatClassAndIsRemembered() throws Exception {
        open("?model=tiny&seed=5&count=4");
        browser.click("#classes label:has(input[value='class:ship'])");
        browser.await("location.search.includes('class=ship') && " + LOADED);
        assertThat(browser.value(SOURCES))
                .allSatisfy(source -> assertThat(source.asText()).contains("/samples/5.png", "class=ship"));
        URI shared = browser.address();
        browser.open(server.address("/v2/health/live"));
        browser.open(shared);
        browser.await(LOADED);
        assertThat(browser.value("document.querySelector('#classes input:checked').value")
                        .asText())
                .isEqualTo("class:ship");
        assertThat(browser.value(SOURCES)).hasSize(4);
    }

    @Test
    void everyColumnOfAllIsAClass() throws Exception {
        open("?model=tiny&class=all&count=4");
        assertThat(browser.value(SOURCES)).hasSize(6);
        assertThat(browser.value("[...document.querySelectorAll('#grid img')].map(i => i.alt.split(',')[0]).join()")
                        .asText())
                .isEqualTo("plane,ship,cat,plane,ship,cat");
    }

    @Test
    void theKeyboardMovesTruncationAndSeed() throws Exception {
        open("?model=tiny&truncation=scaled:0.8&seed=7");
        browser.type("#value", "\uE014");
        browser.await("location.search.includes('truncation=scaled%3A0.85') && " + LOADED);
        browser.type("#next", "\uE007");
        browser.await("location.search.includes('seed=8') && " + LOADED);
        browser.click("#dice");
        browser.await("!location.search.includes('seed=8&') && " + LOADED);
    }

    @Test
    void anUnconditionalModelHasNoClasses() throws Exception {
        open("?model=unconditional");
        assertThat(browser.value("document.querySelector('#class-field').hidden")
                        .asBoolean())
                .isTrue();
        assertThat(browser.value(SOURCES)).hasSize(16);
    }

    @Test
    void valuesThatAreNoneAreNotAskedFor() throws Exception {
        browser.open(server.address("/?model=tiny&count=1000"));
        browser.await("document.querySelector('#status').innerText === 'A value is out of its range'");
        assertThat(browser.value(SOURCES)).isEmpty();
    }

    @Test
    void problemsAreTold() throws Exception {
        browser.open(server.address("/?model=tiny&seed=1"));
        browser.await(LOADED);
        browser.value("fetch = async () => new Response('{\"detail\":\"told by the server\"}', {status: 503})");
        browser.value("document.querySelector('#grid img').dispatchEvent(new Event('error'))");
        browser.await("document.querySelector('#problem').innerText.includes('told by the server')");
        browser.click("#retry");
        browser.await("document.querySelector('#problem').hidden && " + LOADED);
    }

    @Test
    void theGridCanBeSaved() throws Exception {
        open("?model=tiny&class=cat&seed=3&count=4");
        try (WatchService watch = downloads.getFileSystem().newWatchService()) {
            downloads.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            browser.click("#download");
            Path saved = downloads.resolve("tiny-cat-3.png");
            while (!Files.exists(saved)) {
                var event = watch.poll(1, TimeUnit.MINUTES);
                assertThat(event).as("a file in the folder of downloads").isNotNull();
                event.reset();
            }
            assertThat(Png.text(Files.readAllBytes(saved)))
                    .containsEntry("seed", "3")
                    .containsEntry("class", "cat");
        }
    }

    private static void open(String query) throws Exception {
        browser.open(server.address("/" + query));
        browser.await(LOADED);
    }
}
