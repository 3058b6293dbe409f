package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("native")
class ServeCommandTest {
    private final StringWriter err = new StringWriter();
    private final ServeCommand serve = new ServeCommand();
    private final CommandLine ganzoo = Main.commandLine();

    ServeCommandTest() {
        ganzoo.getCommandSpec().removeSubcommand("serve");
        ganzoo.addSubcommand(serve).setErr(new PrintWriter(err));
    }

    @Test
    void tellsItsAddressAndServesUntilItIsStopped(@TempDir Path empty) throws Exception {
        try (PipedReader reader = new PipedReader();
                PrintWriter out = new PrintWriter(new PipedWriter(reader))) {
            ganzoo.setOut(out);
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                    () -> ganzoo.execute("serve", "--port", "0", "--models", empty.toString(), "--device", "cpu"));
            Scanner lines = new Scanner(reader);
            String address = lines.nextLine();
            assertThat(address).matches("GanZoo listens on http://127\\.0\\.0\\.1:\\d+/ \\(Ctrl-C stops it\\)");
            assertThat(lines.nextLine()).isNotBlank();
            HttpResponse<Void> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address.split(" ")[3]))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(page.statusCode()).isEqualTo(200);
            serve.stop();
            assertThat(exit.get()).isZero();
        }
    }

    @Test
    void aBusyPortIsAFailureInOneLine(@TempDir Path empty) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(ganzoo.execute("serve", "--port", port, "--models", empty.toString()))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("ganzoo: cannot listen on 127.0.0.1 port " + port);
        }
    }

    @Test
    void mistakesAreUsageErrors() {
        assertThat(ganzoo.execute("serve", "--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("port must be in 0..65535, got 70000");
    }
}
