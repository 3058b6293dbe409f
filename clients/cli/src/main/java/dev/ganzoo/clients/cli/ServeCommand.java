package dev.ganzoo.clients.cli;

import dev.ganzoo.server.GanZooServer;
import dev.ganzoo.zoo.runtime.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ganzoo serve}: the models over HTTP, until Ctrl-C. */
@Command(
        name = "serve",
        description = "Serve the models over HTTP, with a page to try them on.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "The port; 0 for any free one (${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on (${DEFAULT-VALUE}: this machine only). 0.0.0.0 lets everybody in.")
    private String host = "127.0.0.1";

    @Option(names = "--models", paramLabel = "DIR", description = "A folder of models, in place of ~/.ganzoo/models.")
    private Path models;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or cuda:N (${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(names = "--max-count", paramLabel = "N", description = "Most images in one answer (${DEFAULT-VALUE}).")
    private int maxCount = 1024;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        GanZooServer.Builder options = GanZooServer.builder()
                .port(port)
                .host(host)
                .device(Device.parse(device))
                .maxCount(maxCount);
        if (models != null) {
            options.models(models);
        }
        try (Interruption interruption = Interruption.asks(this::stop);
                GanZooServer server = options.build().start()) {
            tell(server);
            stopped.await();
            spec.commandLine().getErr().println("ganzoo: stopping");
        }
        return ExitCode.OK;
    }

    /** Ends {@link #call}. */
    void stop() {
        stopped.countDown();
    }

    private void tell(GanZooServer server) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("GanZoo listens on " + server.uri() + " (Ctrl-C stops it)");
        server.models()
                .forEach((name, problem) -> out.println("  " + name + (problem.isEmpty() ? "" : ": " + problem)));
        if (server.models().isEmpty()) {
            out.println("  no models: none are bundled and there is none in " + server.folder()
                    + "; put a model package there, or name another folder with --models");
        }
        out.flush();
    }
}
