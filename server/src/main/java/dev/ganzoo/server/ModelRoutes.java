package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** {@code GET /v1/models} and what lies below it, but for images. */
final class ModelRoutes {
    private final Supplier<ServedModels> models;
    private final Limits limits;

    ModelRoutes(Supplier<ServedModels> models, Limits limits) {
        this.models = models;
        this.limits = limits;
    }

    void register(RoutesConfig routes) {
        Routes.getAndHead(routes, "/v1/models", this::list);
        Routes.getAndHead(routes, "/v1/models/{model}", this::details);
        Routes.getAndHead(routes, "/v1/models/{model}/preview.png", this::preview);
    }

    private void list(Context ctx) {
        Parameters.of(ctx);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("models");
        models.get().all().forEach(model -> all.add(model.summary()));
        Routes.json(ctx, answer);
    }

    private void details(Context ctx) {
        Parameters.of(ctx);
        Routes.json(ctx, models.get().named(ctx.pathParam("model")).details(limits));
    }

    private void preview(Context ctx) {
        Parameters.of(ctx);
        ServedModel model = models.get().named(ctx.pathParam("model"));
        if (model.preview() == null) {
            throw new Problem(Type.NO_PREVIEW, "model \"%s\" has no preview".formatted(model.name()));
        }
        String etag = Routes.etag(model.hash(), "preview");
        ctx.header("ETag", etag).header("Cache-Control", "no-cache");
        if (Routes.matches(ctx, etag)) {
            ctx.status(304);
        } else {
            ctx.contentType(Format.PNG.mediaType()).result(model.preview());
        }
    }
}
