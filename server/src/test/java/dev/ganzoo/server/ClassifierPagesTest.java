package dev.ganzoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.tensor.Tensor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for classifiers, in a real browser. */
@Tag("browser")
class ClassifierPagesTest {
    private static final String ATTACKED = "!document.querySelector('#result').hidden"
            + " && document.querySelector('#result').ariaBusy === 'false' && !document.querySelector('#run').disabled"
            + " && [...document.querySelectorAll('.pictures img')].every(i => i.complete && i.naturalWidth > 0)";
    private static final String FOUND =
            "!document.querySelector('#downloads').hidden && document.querySelector('#picture').naturalWidth > 0";

    @TempDir
    static Path folder;

    @TempDir
    static Path profile;

    private static RunningServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(profile, profile);
        TinyModels.write(folder.resolve("tiny"));
        TinyModels.writeClassifier(folder.resolve("tiny-classifier.zip"));
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
    void pagesLeadToEachOther() throws Exception {
        browser.open(server.address("/"));
        browser.click("nav a[href='/attack']");
        browser.await(ATTACKED);
        browser.click("nav a[href='/visualize']");
        browser.await("!document.querySelector('#controls').hidden");
        assertThat(text("nav a[aria-current]")).isEqualTo("Visualize");
    }

    @Test
    void attacksASampleAtOnce() throws Exception {
        attackPage();
        assertThat(text("#perturbed-title")).isEqualTo("after pgd");
        assertThat(text("#bars")).contains("red", "green", "blue", "dark", "bright");
        assertThat(text("#facts")).contains("L∞", "8.00/255", "At 8 bits", "epsilon 8/255");
        assertThat(browser.value("document.querySelector('#figure').href").asText())
                .startsWith("blob:");
        assertThat(browser.value("[...document.querySelectorAll('input, select')]"
                        + ".filter(i => i.labels.length === 0 && !i.ariaLabel).map(i => i.id)"))
                .isEmpty();
    }

    @Test
    void attacksAGeneratedImageWithOptions() throws Exception {
        attackPage();
        browser.click("#sources label:has(input[value='generate'])");
        choose("#generator", "tiny");
        browser.await("document.querySelector('#generator-class').options.length === 4");
        choose("#attack", "fgsm");
        browser.value("document.querySelector('[data-option=epsilon]').value = '16/255'");
        choose("#target", "dark");
        again();
        assertThat(text("#perturbed-title")).isEqualTo("after fgsm");
        assertThat(text("#facts")).contains("Reaches the target", "(dark)", "epsilon 16/255");
    }

    @Test
    void attacksAnUploadedImage() throws Exception {
        Path file = folder.resolve("upload.png");
        Files.write(file, Png.encode(Pixels.image(Tensor.zeros(1, 3, 20, 16), 0)));
        attackPage();
        browser.click("#sources label:has(input[value='upload'])");
        browser.click("#run");
        browser.await("document.querySelector('#problem').innerText.includes('Choose an image first')");
        browser.type("#file", file.toString());
        browser.await("document.querySelector('#drop-text').textContent === 'upload.png'");
        again();
        assertThat(browser.value("document.querySelector('#problem').hidden").asBoolean())
                .isTrue();
        assertThat(browser.value("document.querySelector('#original').naturalWidth")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void refusalsAreTold() throws Exception {
        attackPage();
        browser.value("document.querySelector('[data-option=epsilon]').value = '8'");
        browser.click("#run");
        browser.await("document.querySelector('#problem').innerText.includes('epsilon must be in [0, 1]')");
        // The browser notes in its console that an answer was 400.
        assertThat(browser.console()).singleElement().asString().contains("400");
    }

    @Test
    void showsWhatClassesLookLike() throws Exception {
        visualizePage();
        browser.click("#classes label:has(input[value='blue'])");
        browser.value("document.querySelector('#steps').value = 20");
        browser.click("#run");
        browser.await(FOUND);
        assertThat(text("#status")).isEqualTo("1 image after 20 steps");
        assertThat(text("#facts")).contains("blue", "preset modern");
        String gif = browser.value("document.querySelector('#gif').href").asText();
        assertThat(server.get(URI.create(gif).getPath()).statusCode()).isEqualTo(200);
    }

    @Test
    void stopsAndShowsWhatIsReached() throws Exception {
        visualizePage();
        browser.click("label:has(input[name=what][value=layer])");
        choose("#layer", "conv2");
        browser.value("document.querySelector('#channels').value = '3'");
        browser.value("document.querySelector('#steps').value = 10000");
        browser.click("#run");
        browser.await("!document.querySelector('#cancel').disabled");
        browser.click("#cancel");
        browser.await(FOUND);
        assertThat(text("#status")).contains("1 image after", "stopped");
        assertThat(text("#facts")).contains("conv2:3");
    }

    @Test
    void withoutAClassifierThePagesSayHowToGetOne(@TempDir Path empty) throws Exception {
        try (RunningServer without = new RunningServer(empty, Limits.DEFAULT)) {
            for (String page : new String[] {"/attack", "/visualize"}) {
                browser.open(without.address(page));
                browser.await("!document.querySelector('#problem').hidden"
                        + " || !document.querySelector('#controls').hidden");
                boolean bundled = browser.value("!document.querySelector('#controls').hidden")
                        .asBoolean();
                assertThat(bundled || text("#problem").contains("./ganzoo export --onnx"))
                        .isTrue();
            }
        }
    }

    private static void attackPage() throws Exception {
        browser.open(server.address("/attack?model=tiny-classifier"));
        browser.await(ATTACKED);
    }

    private static void visualizePage() throws Exception {
        browser.open(server.address("/visualize?model=tiny-classifier"));
        browser.await("!document.querySelector('#controls').hidden");
    }

    private static void again() throws Exception {
        browser.value("(document.querySelector('#result').hidden = true)");
        browser.click("#run");
        browser.await(ATTACKED);
    }

    private static void choose(String selector, String value) throws Exception {
        browser.value(
                "(e => { e.value = '%s'; e.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('%s'))"
                        .formatted(value, selector));
    }

    private static String text(String selector) throws Exception {
        return browser.value("document.querySelector(\"%s\").innerText".formatted(selector))
                .asText();
    }
}
