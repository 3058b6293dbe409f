package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.visualize.Presets;
import dev.ganzoo.zoo.visualize.Visualization;
import dev.ganzoo.zoo.visualize.VisualizationRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that show what classifiers have learned. */
final class VisualizationRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(VisualizationRoutes.class);

    private final Supplier<ServedModels> models;
    private final Limits limits;
    private final Admission admission;
    private final Visualizations visualizations;

    VisualizationRoutes(
            Supplier<ServedModels> models, Limits limits, Admission admission, Visualizations visualizations) {
        this.models = models;
        this.limits = limits;
        this.admission = admission;
        this.visualizations = visualizations;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/models/{model}/visualize", this::visualize);
        Routes.getAndHead(routes, "/v1/models/{model}/layers", this::layers);
        Routes.getAndHead(routes, "/v1/presets", VisualizationRoutes::presets);
        routes.delete("/v1/visualizations/{id}", this::cancel);
        Routes.getAndHead(routes, "/v1/visualizations/{id}.png", ctx -> result(ctx, Format.PNG));
        Routes.getAndHead(routes, "/v1/visualizations/{id}.gif", ctx -> result(ctx, Format.GIF));
    }

    private void visualize(Context ctx) {
        ServedModels all = models.get();
        ServedModel model = all.named(ctx.pathParam("model"));
        Classifier classifier = model.classifier();
        Format format = Format.accepted(ctx.header("Accept"), Format.PNG, Format.GIF, Format.JSON, Format.EVENTS);
        Bodies.Upload upload =
                Bodies.upload(ctx, VisualizationAsked.known(), limits.study().upload());
        VisualizationAsked asked = VisualizationAsked.read(upload, all, limits);
        admission.admit(() -> {
            VisualizationRequest request = asked.request(classifier, limits);
            Visualizations.Job job = visualizations.begin();
            VisualizationRun run =
                    new VisualizationRun(model, request, job, limits.study().time());
            if (format == Format.EVENTS) {
                stream(ctx, asked, run, job);
            } else {
                answer(ctx, format, model, run, job);
            }
            return null;
        });
    }

    private void answer(Context ctx, Format format, ServedModel model, VisualizationRun run, Visualizations.Job job) {
        try {
            Visualization result = run.run();
            byte[] answer = format == Format.JSON ? Json.write(run.describe(result)) : picture(result, format);
            ctx.header("Cache-Control", "no-store")
                    .header("Vary", "Accept")
                    .header("GanZoo-Model", model.name())
                    .contentType(format.mediaType())
                    .result(answer);
        } finally {
            visualizations.end(job, null);
        }
    }

    /** Once a stream has begun, what goes wrong is an event, too. */
    private void stream(Context ctx, VisualizationAsked asked, VisualizationRun run, Visualizations.Job job) {
        EventStream events = new EventStream(ctx);
        Visualization result = null;
        try {
            result = run.run(events, asked.previewEvery());
        } catch (RuntimeException e) {
            LOG.debug("a visualization failed", e);
            events.send("problem", Problems.describe(e));
        } finally {
            visualizations.end(job, result);
        }
        if (result != null) {
            events.send("done", run.done(result));
        }
    }

    private static byte[] picture(Visualization result, Format format) {
        return format == Format.GIF ? result.gif() : result.png();
    }

    private void result(Context ctx, Format format) {
        Parameters.of(ctx);
        Visualization result = visualizations.result(ctx.pathParam("id"));
        byte[] picture = admission.admit(() -> picture(result, format));
        ctx.header("Cache-Control", "no-store").contentType(format.mediaType()).result(picture);
    }

    private void cancel(Context ctx) {
        Parameters.of(ctx);
        visualizations.cancel(ctx.pathParam("id"));
        ctx.status(204);
    }

    private void layers(Context ctx) {
        Parameters.of(ctx);
        ServedModel model = models.get().named(ctx.pathParam("model"));
        ObjectNode answer = Json.object();
        ArrayNode layers = answer.put("model", model.name()).putArray("layers");
        model.classifier().layers().forEach(layer -> {
            ArrayNode shape = layers.addObject().put("name", layer.name()).putArray("shape");
            for (int extent : layer.shape()) {
                shape.add(extent);
            }
        });
        Routes.json(ctx, answer);
    }

    private static void presets(Context ctx) {
        Parameters.of(ctx);
        ObjectNode answer = Json.object();
        ArrayNode presets = answer.putArray("presets");
        Presets.all()
                .forEach(preset ->
                        presets.addObject().put("name", preset.name()).put("description", preset.description()));
        Routes.json(ctx, answer);
    }
}
