package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Javalin and Jetty, set up deliberately where their defaults have no bounds. */
final class HttpServer {
    private static final int MIN_THREADS = 4;
    /** More than wait for a turn to compute, so that health is told under load. */
    private static final int MAX_THREADS = 128;
    /** What bounds the queue of the threads, which Jetty wants unbounded: a connection has one request at a time. */
    private static final int CONNECTIONS = 1024;

    private static final int IDLE_THREAD_MILLIS = 60_000;
    private static final long DRAIN_MILLIS = 30_000;

    /** The page has its script and style in files of its own; blob: is for pictures it offers to save. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private HttpServer() {}

    static Javalin create(Consumer<RoutesConfig> routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            // Pictures are compressed already, and another encoding would need another entity tag.
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.router.javaLangErrorHandler(Problems::answerError);
            setUpJetty(config);
            config.routes.before(ctx -> ctx.header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .header("Referrer-Policy", "no-referrer"));
            Problems.register(config.routes);
            routes.accept(config.routes);
        });
    }

    /** Models are there only while the server runs; the page and the health are there before and after. */
    static void refuseUnless(RoutesConfig routes, Supplier<GanZooServer.State> state) {
        routes.before("/v1/*", ctx -> {
            switch (state.get()) {
                case NEW, STARTING -> throw new Problem(Type.UNAVAILABLE, "the models are being loaded");
                case STOPPING -> throw Problems.stopping();
                case RUNNING -> {}
            }
        });
    }

    private static void setUpJetty(JavalinConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_THREAD_MILLIS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(DRAIN_MILLIS);
            server.setHandler(new GracefulHandler());
            server.setErrorHandler(new Problems.ForJetty());
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new Problems.ForJetty()));
    }
}
