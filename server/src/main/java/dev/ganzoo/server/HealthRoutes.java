package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.BooleanSupplier;

/** {@code /v2/health}, as in the Open Inference Protocol: not ready is 503, and the body says the same. */
final class HealthRoutes {
    private final BooleanSupplier ready;

    /** @param ready whether models are loaded, have made an image, and may be asked for more */
    HealthRoutes(BooleanSupplier ready) {
        this.ready = ready;
    }

    void register(RoutesConfig routes) {
        Routes.getAndHead(routes, "/v2/health/live", ctx -> answer(ctx, true));
        Routes.getAndHead(routes, "/v2/health/ready", ctx -> answer(ctx, ready.getAsBoolean()));
    }

    private void answer(Context ctx, boolean well) {
        ObjectNode health = Json.object();
        health.put("live", true).put("ready", ready.getAsBoolean());
        ctx.status(well ? 200 : 503)
                .header("Cache-Control", "no-store")
                .contentType(Format.JSON.mediaType())
                .result(Json.write(health));
    }
}
