package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.visualize.Progress;
import dev.ganzoo.zoo.visualize.Visualization;
import dev.ganzoo.zoo.visualize.VisualizationRequest;
import java.time.Duration;
import java.util.Map;

/** A search and what is told of it, while it runs and afterwards. */
final class VisualizationRun {
    /** So many times the progress is told, if there are as many steps. */
    private static final int TOLD = 200;

    private final ServedModel model;
    private final VisualizationRequest request;
    private final Visualizations.Job job;
    private final Duration time;

    VisualizationRun(ServedModel model, VisualizationRequest request, Visualizations.Job job, Duration time) {
        this.model = model;
        this.request = request;
        this.job = job;
        this.time = time;
    }

    /** Runs to the end. @throws Problem if the time or the server ends before */
    Visualization run() {
        long begun = System.nanoTime();
        Visualization result = search(request.listener(progress -> goOn(begun)));
        if (job.end() != null && !result.complete()) {
            throw job.end().equals("time-limit") ? SupervisedNetwork.timeLimit(time) : Problems.stopping();
        }
        return result;
    }

    /** Runs, and tells how it goes; ends where it is if the time ends, or no one listens any more. */
    Visualization run(EventStream events, int previewEvery) {
        long begun = System.nanoTime();
        ObjectNode start = Json.object();
        start.put("id", job.id()).put("model", model.name()).put("total", request.steps());
        start.put("images", request.count()).put("cancel", address(""));
        events.send("start", start);
        int stride = Math.max(1, request.steps() / TOLD);
        VisualizationRequest told = request.listener(progress -> {
            boolean preview = previewEvery > 0 && progress.step() % previewEvery == 0;
            boolean tell = preview || progress.step() % stride == 0 || progress.step() == progress.total();
            if (tell && !events.send("progress", describe(progress, preview))) {
                job.end("closed");
            }
            return goOn(begun);
        });
        return search(told);
    }

    /** Numbers grow beyond all bounds where a step is too large. */
    private static Visualization search(VisualizationRequest request) {
        try {
            return request.run();
        } catch (ArithmeticException e) {
            // What another thread throws comes wrapped.
            Throwable told = e.getMessage() == null && e.getCause() != null ? e.getCause() : e;
            throw new Problem(Type.INVALID_VALUE, "rate", told.getMessage());
        }
    }

    private boolean goOn(long begun) {
        if (job.end() == null && System.nanoTime() - begun > time.toNanos()) {
            job.end("time-limit");
        }
        return job.end() == null;
    }

    private static ObjectNode describe(Progress progress, boolean preview) {
        ObjectNode told = Json.object();
        told.put("step", progress.step()).put("total", progress.total());
        told.put("objective", progress.meanObjective());
        if (preview) {
            told.put("preview", progress.grid().png());
        }
        return told;
    }

    /** What was found, the images in base64. */
    ObjectNode describe(Visualization result) {
        ObjectNode answer = Json.object();
        answer.put("model", model.name()).put("revision", model.revision());
        ObjectNode settings = answer.putObject("settings");
        Map<String, String> described = result.describe();
        described.forEach((name, value) -> {
            if (!name.equals("Software") && !name.equals("model") && !name.equals("objectives")) {
                settings.put(name.replace(' ', '_'), value);
            }
        });
        answer.put("steps", result.steps()).put("complete", result.complete());
        ArrayNode images = answer.putArray("images");
        float[] objectives = result.objectives();
        for (int n = 0; n < result.count(); n++) {
            ObjectNode image = images.addObject();
            image.put("title", result.titles().get(n)).put("objective", objectives[n]);
            image.put("without_gradient", result.withoutGradient().contains(n));
            image.put("png", Png.encode(result.image(n), described));
        }
        return answer;
    }

    /** The last event: the result, and where it can be had in other forms. */
    ObjectNode done(Visualization result) {
        ObjectNode done = describe(result);
        done.put("id", job.id()).put("end", result.complete() ? "complete" : job.end());
        done.put("grid", result.png());
        ObjectNode links = done.putObject("links");
        links.put("png", address(".png")).put("gif", address(".gif"));
        return done;
    }

    private String address(String suffix) {
        return "/v1/visualizations/" + job.id() + suffix;
    }
}
