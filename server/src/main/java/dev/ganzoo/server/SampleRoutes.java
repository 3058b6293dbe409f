package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.SampleRequest;
import dev.ganzoo.zoo.model.ModelCard;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The routes that make images. */
final class SampleRoutes {
    /** The same address always means the same bytes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Supplier<ServedModels> models;
    private final Limits limits;
    private final Admission admission;

    SampleRoutes(Supplier<ServedModels> models, Limits limits, Admission admission) {
        this.models = models;
        this.limits = limits;
        this.admission = admission;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/models/{model}/sample", this::sample);
        Routes.getAndHead(routes, "/v1/models/{model}/samples/{seed}.png", this::single);
    }

    private void sample(Context ctx) {
        Parameters.of(ctx);
        ServedModel model = models.get().named(ctx.pathParam("model"));
        Generator generator = model.generator();
        Format format = Format.accepted(ctx.header("Accept"));
        Asked asked = Asked.read(Bodies.json(ctx, limits.body()), generator, limits);
        byte[] images = admission.admit(() -> new Answer(model, asked).as(format));
        ModelCard.ImageSpec image = generator.card().image();
        ctx.header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .header("GanZoo-Model", model.name())
                .header("GanZoo-Truncation", asked.request().truncation().toString())
                .header(
                        "GanZoo-Seed",
                        asked.seeds().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .header(
                        "GanZoo-Shape",
                        "%d,%d,%d,%d"
                                .formatted(asked.request().count(), image.channels(), image.height(), image.width()))
                .contentType(format.mediaType())
                .result(images);
    }

    private void single(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "class", "truncation", "index", "scale", "revision");
        ServedModel model = models.get().named(ctx.pathParam("model"));
        Generator generator = model.generator();
        checkRevision(parameters, model);
        long seed = Parameters.whole("seed", ctx.pathParam("seed"));
        if (seed == Asked.RANDOM) {
            throw new Problem(Type.INVALID_VALUE, "seed", "seed must be given here, not -1 for a random one");
        }
        int scale = parameters.integer("scale").orElse(1);
        SampleRequest request = request(generator, parameters).seed(seed).scale(scale);
        limits.check(request, "count", scale, generator.card().image());
        String etag = Routes.etag(
                model.hash(),
                generator.device(),
                System.getProperty("java.version"),
                seed,
                parameters.whole("index").orElse(0L),
                parameters.text("class").orElse(null),
                request.truncation(),
                scale);
        if (Routes.matches(ctx, etag)) {
            ctx.header("ETag", etag).header("Cache-Control", FOR_EVER).status(304);
            return;
        }
        byte[] png = admission.admit(request::png);
        ctx.header("ETag", etag)
                .header("Cache-Control", FOR_EVER)
                .contentType(Format.PNG.mediaType())
                .result(png);
    }

    private static SampleRequest request(Generator generator, Parameters parameters) {
        SampleRequest request = generator.sample(1);
        if (parameters.text("class").isPresent()) {
            request = Asked.ofClass(request, parameters.text("class").get());
        }
        if (parameters.truncation("truncation").isPresent()) {
            request = request.truncated(parameters.truncation("truncation").get());
        }
        return request.firstIndex(parameters.whole("index").orElse(0L));
    }

    /** An address that names a revision is never answered with the images of another. */
    private static void checkRevision(Parameters parameters, ServedModel model) {
        String asked = parameters.text("revision").orElse(model.revision());
        if (!asked.equals(model.revision())) {
            throw new Problem(
                    Type.UNKNOWN_REVISION,
                    "revision",
                    "revision of model \"%s\" must be %s, got %s".formatted(model.name(), model.revision(), asked));
        }
    }
}
