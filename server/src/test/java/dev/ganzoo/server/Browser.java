package dev.ganzoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, driven through ChromeDriver by the few WebDriver commands that the tests need. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1440,1000");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process driver;
    private final URI session;

    private Browser(Process driver, Path profile, Path downloads) throws IOException, InterruptedException {
        this.driver = driver;
        URI address = URI.create("http://127.0.0.1:" + port(driver));
        String id = send("POST", address.resolve("/session"), capabilities(profile, downloads))
                .get("sessionId")
                .asText();
        this.session = address.resolve("/session/" + id + "/");
        ObjectNode timeouts = Json.object().put("script", TIMEOUT.toMillis() / 2);
        send("POST", session.resolve("timeouts"), timeouts);
    }

    /** Skips the test where there is no Chromium, but for a build that must have one (CI=true). */
    static Browser start(Path profile, Path downloads) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there)
                    .as("%s and %s, from Debian's packages chromium and chromium-driver", CHROMIUM, DRIVER)
                    .isTrue();
        }
        assumeTrue(there, "needs %s and %s: apt install chromium chromium-driver".formatted(CHROMIUM, DRIVER));
        Process driver = new ProcessBuilder(DRIVER.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            return new Browser(driver, profile, downloads);
        } catch (IOException | InterruptedException | RuntimeException e) {
            driver.destroy();
            throw e;
        }
    }

    void open(URI address) throws IOException, InterruptedException {
        send("POST", session.resolve("url"), Json.object().put("url", address.toString()));
    }

    URI address() throws IOException, InterruptedException {
        return URI.create(send("GET", session.resolve("url"), null).asText());
    }

    /** Clicks what the CSS selector finds first, as a person would: it must be visible and not covered. */
    void click(String selector) throws IOException, InterruptedException {
        send("POST", session.resolve("element/" + find(selector) + "/click"), Json.object());
    }

    void type(String selector, String keys) throws IOException, InterruptedException {
        ObjectNode text = Json.object().put("text", keys);
        send("POST", session.resolve("element/" + find(selector) + "/value"), text);
    }

    /** What a JavaScript expression gives. */
    JsonNode value(String expression) throws IOException, InterruptedException {
        return run("execute/sync", "return " + expression);
    }

    /** Returns when a JavaScript expression is true. */
    void await(String expression) throws IOException, InterruptedException {
        run(
                "execute/async",
                "const done = arguments[arguments.length - 1];" + "const check = () => (" + expression
                        + ") ? done(true) : setTimeout(check, 20); check();");
    }

    /** What stands in the console since this was last asked. */
    List<String> console() throws IOException, InterruptedException {
        return send("POST", session.resolve("se/log"), Json.object().put("type", "browser"))
                .findValuesAsText("message");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            send("DELETE", URI.create(session.toString().replaceFirst("/$", "")), null);
        } finally {
            driver.destroy();
            driver.waitFor();
        }
    }

    private String find(String selector) throws IOException, InterruptedException {
        ObjectNode query = Json.object().put("using", "css selector").put("value", selector);
        return send("POST", session.resolve("element"), query).get(ELEMENT).asText();
    }

    private JsonNode run(String command, String script) throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("script", script);
        body.putArray("args");
        return send("POST", session.resolve(command), body);
    }

    private JsonNode send(String method, URI address, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        JsonNode value =
                Json.read(http.send(request, BodyHandlers.ofByteArray()).body()).path("value");
        if (value.has("error")) {
            throw new AssertionError("%s %s: %s"
                    .formatted(method, address.getPath(), value.get("message").asText()));
        }
        return value;
    }

    private static ObjectNode capabilities(Path profile, Path downloads) {
        ObjectNode capabilities = Json.object();
        ObjectNode wanted = capabilities.putObject("capabilities").putObject("alwaysMatch");
        wanted.putObject("goog:loggingPrefs").put("browser", "ALL");
        ObjectNode chrome = wanted.putObject("goog:chromeOptions").put("binary", CHROMIUM.toString());
        FLAGS.forEach(chrome.putArray("args").add("--user-data-dir=" + profile)::add);
        chrome.putObject("prefs").put("download.default_directory", downloads.toString());
        return capabilities;
    }

    private static int port(Process driver) throws IOException {
        BufferedReader lines = driver.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IOException(DRIVER + " ended before it told its port");
    }
}
