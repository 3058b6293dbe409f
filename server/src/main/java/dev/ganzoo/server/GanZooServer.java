package dev.ganzoo.server;

import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.runtime.Device;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Models of the zoo over HTTP, with a page to try them on. {@code docs/http-api.md} describes the routes.
 *
 * <pre>{@code
 * try (GanZooServer server = GanZooServer.builder().port(8080).build().start()) {
 *     System.out.println(server.uri());
 *     …
 * }
 * }</pre>
 *
 * <p>Serves what is in the zoo when it starts. Safe for use by several threads.
 */
public final class GanZooServer implements AutoCloseable {
    private final Builder options;
    private final ModelCatalog catalog;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final Admission admission;
    private final Visualizations visualizations;
    private final Javalin http;
    private volatile ServedModels models = ServedModels.none();
    private volatile int port = -1;

    /** A server goes through these in order. */
    enum State {
        NEW,
        STARTING,
        RUNNING,
        STOPPING
    }

    private GanZooServer(Builder options) {
        this.options = options;
        this.catalog = options.folder == null ? ModelCatalog.standard() : ModelCatalog.in(options.folder);
        this.admission = new Admission(options.limits);
        this.visualizations = new Visualizations(options.limits.study().kept());
        Admission studies = new Admission(options.limits.forStudies());
        this.http = HttpServer.create(routes -> {
            HttpServer.refuseUnless(routes, state::get);
            new ModelRoutes(() -> models, options.limits).register(routes);
            new SampleRoutes(() -> models, options.limits, admission).register(routes);
            new AttackRoutes(() -> models, options.limits, studies, () -> state.get() == State.STOPPING)
                    .register(routes);
            new VisualizationRoutes(() -> models, options.limits, studies, visualizations).register(routes);
            new HealthRoutes(this::isReady).register(routes);
            PageRoutes.register(routes);
        });
    }

    /** A server of the standard places' models on {@code 127.0.0.1:8080}, until told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to listen, then loads the models and tries each on an image. Returns when all that is done; until then
     * {@code /v2/health/ready} says no.
     *
     * @return this server
     * @throws UncheckedIOException if the port is in use, or the host is none of this machine's
     * @throws dev.ganzoo.zoo.runtime.DeviceUnavailableException if the device asked for does not work
     * @throws IllegalStateException if it was started before
     */
    public GanZooServer start() {
        if (!state.compareAndSet(State.NEW, State.STARTING)) {
            throw new IllegalStateException("a server can be started once; build another");
        }
        try {
            listen();
            ModelLoader loader = options.folder == null ? Zoo.on(options.device) : Zoo.in(options.folder);
            models = ServedModels.load(catalog, loader.on(options.device));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (!state.compareAndSet(State.STARTING, State.RUNNING)) {
            models.close();
            throw new IllegalStateException("the server was closed while it started");
        }
        return this;
    }

    private void listen() {
        try {
            port = http.start(options.host, options.port).port();
        } catch (JavalinException e) {
            Throwable reason = e;
            while (reason.getCause() != null && reason.getCause() != reason) {
                reason = reason.getCause();
            }
            BindException told =
                    new BindException("cannot listen on %s port %d: %s; choose another port, or 0 for a free one"
                            .formatted(options.host, options.port, reason.getMessage()));
            told.initCause(e);
            throw new UncheckedIOException(told);
        }
    }

    /**
     * The port it listens on, or did until it was closed; it matters if 0 was asked for.
     *
     * @throws IllegalStateException if it was not started
     */
    public int port() {
        if (port < 0) {
            throw new IllegalStateException("the server was not started, and so has no port");
        }
        return port;
    }

    /** Where the page is: {@code http://127.0.0.1:8080/}. */
    public URI uri() {
        String host = options.host.contains(":") ? "[" + options.host + "]" : options.host;
        return URI.create("http://%s:%d/".formatted(host, port()));
    }

    /** The folder that was searched for models, besides the class path. */
    public Path folder() {
        return catalog.folder();
    }

    /** The names of the models that are there, each with why it cannot be used, or empty text if it can. */
    public Map<String, String> models() {
        Map<String, String> all = new LinkedHashMap<>();
        models.all().forEach(model -> all.put(model.name(), model.problem() == null ? "" : model.problem()));
        return all;
    }

    /** Whether models are loaded and requests are answered. */
    public boolean isReady() {
        return state.get() == State.RUNNING && models.anyLoaded();
    }

    /**
     * Refuses new requests, lets those in flight come to their end (for half a minute at most), stops listening and
     * closes the models. A second call does nothing.
     */
    @Override
    public void close() {
        if (state.getAndSet(State.STOPPING) != State.STOPPING) {
            visualizations.stop();
            http.stop();
            models.close();
        }
    }

    Admission admission() {
        return admission;
    }

    /** How to serve. Not safe for use by several threads. */
    public static final class Builder {
        private Path folder;
        private String host = "127.0.0.1";
        private int port = 8080;
        private Device device = Device.auto();
        private Limits limits = Limits.DEFAULT;

        private Builder() {}

        /** Serves the models in {@code folder}, and the bundled ones, in place of those in {@code ~/.ganzoo/models}. */
        public Builder models(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * The address to listen on, by default {@code 127.0.0.1}: only this machine. {@code 0.0.0.0} means everybody who
         * can reach this machine, and there is neither encryption nor a password.
         */
        public Builder host(String host) {
            this.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /** @param port in 0..65535, 0 for any free one; by default 8080 */
        public Builder port(int port) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must be in 0..65535, got " + port);
            }
            this.port = port;
            return this;
        }

        /** Where the models run; by default on a GPU if one works, else on the CPU. */
        public Builder device(Device device) {
            this.device = Objects.requireNonNull(device, "device");
            return this;
        }

        /** @param most images in one answer, at least 1; by default 1024 */
        public Builder maxCount(int most) {
            limits = limits.withCount(most);
            return this;
        }

        /**
         * @param most requests that compute at once, at least 1; by default as many as there are cores. Some more wait,
         *     and the others are refused with 503.
         */
        public Builder concurrency(int most) {
            limits = limits.withRunning(most);
            return this;
        }

        Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /** A server that was not started yet. */
        public GanZooServer build() {
            return new GanZooServer(copy());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.folder = folder;
            copy.host = host;
            copy.port = port;
            copy.device = device;
            copy.limits = limits;
            return copy;
        }
    }
}
