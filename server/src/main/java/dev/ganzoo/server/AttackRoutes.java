package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.tensor.Tensor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The routes that perturb images, and those that tell with what and which. */
final class AttackRoutes {
    private final Supplier<ServedModels> models;
    private final Limits limits;
    private final Admission admission;
    private final BooleanSupplier stopping;

    AttackRoutes(Supplier<ServedModels> models, Limits limits, Admission admission, BooleanSupplier stopping) {
        this.models = models;
        this.limits = limits;
        this.admission = admission;
        this.stopping = stopping;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/models/{model}/attack", this::attack);
        Routes.getAndHead(routes, "/v1/attacks", AttackRoutes::attacks);
        Routes.getAndHead(routes, "/v1/samples", AttackRoutes::samples);
        Routes.getAndHead(routes, "/v1/samples/{sample}.png", AttackRoutes::sample);
    }

    private void attack(Context ctx) {
        ServedModels all = models.get();
        ServedModel model = all.named(ctx.pathParam("model"));
        Classifier classifier = model.classifier();
        Format format = Format.accepted(ctx.header("Accept"), Format.PNG, Format.JSON);
        Bodies.Upload upload =
                Bodies.upload(ctx, AttackAsked.known(), limits.study().upload());
        AttackAsked asked = AttackAsked.read(upload, all, limits);
        byte[] answer = admission.admit(() -> new AttackAnswer(model, asked, run(classifier, asked)).as(format));
        ctx.header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .header("GanZoo-Model", model.name())
                .header("GanZoo-Seed", Long.toString(asked.seed()))
                .contentType(format.mediaType())
                .result(answer);
    }

    private AttackResult run(Classifier classifier, AttackAsked asked) {
        SupervisedNetwork network =
                new SupervisedNetwork(classifier.network(), limits.study().time(), stopping);
        Tensor image = asked.source().at(network.shape());
        return asked.on(AttackRequest.of(network, classifier.labels(), image)).run();
    }

    private static void attacks(Context ctx) {
        Parameters.of(ctx);
        Routes.json(ctx, AttackList.json());
    }

    private static void samples(Context ctx) {
        Parameters.of(ctx);
        ObjectNode answer = Json.object();
        ArrayNode samples = answer.putArray("samples");
        SampleImages.names().forEach(name -> samples.add(SampleImages.describe(name)));
        Routes.json(ctx, answer);
    }

    private static void sample(Context ctx) {
        Parameters.of(ctx);
        byte[] png = SampleImages.png(ctx.pathParam("sample"));
        String etag = Routes.etag(Sha256.of(png));
        ctx.header("ETag", etag).header("Cache-Control", "no-cache");
        if (Routes.matches(ctx, etag)) {
            ctx.status(304);
        } else {
            ctx.contentType(Format.PNG.mediaType()).result(png);
        }
    }
}
