package dev.ganzoo.training.report;

import dev.ganzoo.training.recipe.Hyperparameter;
import dev.ganzoo.training.recipe.RecipeBook;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.SampleGrids;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.training.run.TrainingListener;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.GraphTable;
import dev.ganzoo.zoo.report.Html;
import dev.ganzoo.zoo.report.HtmlPage;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.CheckpointState;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.RunFiles;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * {@code report.html} of a run: curves, samples, settings, networks, and how to go on; one file that needs nothing else.
 *
 * <p>All is read from the run directory, also while another process trains in it. As a listener it writes the page at each
 * checkpoint and when the run stops. Immutable.
 */
public final class RunReport implements TrainingListener {
    private static final String FILE = "report.html";
    private static final int EARLIER_GRIDS = 8;
    private static final int NEWEST_SCALE = 2;

    private final Path run;
    private final TrainingPlan plan;

    private RunReport(Path run, TrainingPlan plan) {
        this.run = run;
        this.plan = plan;
    }

    /** The report on the run of this plan in {@code run}. */
    public static RunReport of(Path run, TrainingPlan plan) {
        return new RunReport(run, plan);
    }

    /**
     * The report on the run by one of these recipes in {@code run}.
     *
     * @throws IllegalArgumentException if it is by none of them
     * @throws IOException if the folder holds no run, or one whose {@code recipe.json} is damaged
     */
    public static RunReport of(Path run, RecipeBook recipes) throws IOException {
        return of(run, TrainingPlan.fromJson(new RunFiles(run).readRecipe(), recipes));
    }

    /**
     * Writes {@code report.html} in the run directory, whole or not at all, replacing what was there.
     *
     * @return the file
     * @throws IOException if a file of the run is damaged, or the page cannot be written
     */
    public Path save() throws IOException {
        Path file = run.resolve(FILE);
        AtomicFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    @Override
    public void checkpointSaved(Checkpoint checkpoint) throws IOException {
        save();
    }

    @Override
    public void stopped(long step, StopReason reason) throws IOException {
        save();
    }

    @Override
    public void failed(long step, Throwable cause) throws IOException {
        save();
    }

    /**
     * The page.
     *
     * @throws IOException if a file of the run is damaged
     */
    public String html() throws IOException {
        var page = new HtmlPage(plan.toString(), "training report");
        summary(page);
        curves(page);
        samples(page);
        settings(page);
        networks(page);
        commands(page);
        return page.html();
    }

    private void summary(HtmlPage page) throws IOException {
        page.add("<p>%s</p>", Html.escape(plan.recipe().about()));
        page.add("<dl>");
        entry(page, "source", plan.recipe().source());
        entry(page, "objective", plan.procedure().objective().toString());
        entry(
                page,
                "data",
                Html.format(
                        "%s, %,d images: %s",
                        plan.data().name(), plan.data().images(), plan.data().describe()));
        Optional<Checkpoint> latest = Checkpoints.of(run).latest();
        if (latest.isPresent()) {
            CheckpointState state = latest.get().state();
            entry(page, "steps", Html.format("%,d of %,d", latest.get().step(), plan.steps()));
            entry(page, "time", duration(state.seconds()));
            entry(page, "machine", state.machine());
            state.best().ifPresent(best -> entry(page, "best checkpoint", describe(best)));
        }
        Path ending = new RunFiles(run).ending();
        entry(page, "ended", Files.exists(ending) ? Files.readString(ending).strip() : "not yet, or it was cut off");
        page.add("</dl>");
    }

    private static void entry(HtmlPage page, String name, String value) {
        page.add("<dt>%s</dt><dd>%s</dd>", name, Html.escape(value));
    }

    private static String describe(CheckpointState.Best best) {
        return best.quality() < 0
                ? Html.format("step %,d: %.4g (lower is better) by %s", best.step(), -best.quality(), best.by())
                : Html.format("step %,d: %.4g by %s", best.step(), best.quality(), best.by());
    }

    private static String duration(double seconds) {
        long minutes = Math.round(seconds / 60);
        return minutes < 10
                ? Html.format("%.0f seconds", seconds)
                : minutes < 120 ? minutes + " minutes" : Html.format("%.1f hours", seconds / 3600);
    }

    private void curves(HtmlPage page) throws IOException {
        MetricHistory history = MetricHistory.read(run);
        if (!history.isEmpty()) {
            page.begin("Curves");
            page.add(
                    "<p class=\"legend\">Over steps; beside each name, the last value. Very first values may lie outside.</p>");
            page.add("<div class=\"charts\">");
            page.add(history.figures());
            page.add("</div>");
            page.end();
        }
    }

    private void samples(HtmlPage page) throws IOException {
        List<Map.Entry<Long, Path>> grids =
                new ArrayList<>(SampleGrids.files(run).entrySet());
        if (grids.isEmpty()) {
            return;
        }
        page.begin("Samples");
        page.add("<p class=\"legend\">Of the same latents each time, the newest first.</p><div class=\"grids\">");
        grid(page, grids.remove(grids.size() - 1), NEWEST_SCALE);
        Path gif = run.resolve(SampleGrids.GIF);
        if (Files.exists(gif)) {
            picture(page, gif, "image/gif", NEWEST_SCALE, "all of them one after the other");
        }
        List<Map.Entry<Long, Path>> earlier = new ArrayList<>(SampleGrids.thinned(grids, EARLIER_GRIDS));
        Collections.reverse(earlier);
        for (Map.Entry<Long, Path> each : earlier) {
            grid(page, each, 1);
        }
        page.add("</div>");
        page.end();
    }

    private static void grid(HtmlPage page, Map.Entry<Long, Path> grid, int scale) throws IOException {
        picture(page, grid.getValue(), "image/png", scale, Html.format("step %,d", grid.getKey()));
    }

    private static void picture(HtmlPage page, Path file, String type, int scale, String caption) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Dimension size = size(file);
        page.add(
                "<figure><img alt=\"samples, %s\" width=\"%d\" height=\"%d\" src=\"data:%s;base64,%s\">"
                        + "<figcaption>%s</figcaption></figure>",
                caption,
                size.width * scale,
                size.height * scale,
                type,
                Base64.getEncoder().encodeToString(bytes),
                caption);
    }

    private static Dimension size(Path file) throws IOException {
        var picture = ImageIO.read(file.toFile());
        if (picture == null) {
            throw new IOException(file + " must be a picture, but it cannot be decoded");
        }
        return new Dimension(picture.getWidth(), picture.getHeight());
    }

    private void settings(HtmlPage page) {
        page.begin("Settings");
        page.add("<div class=\"wide\"><table class=\"numbers\"><tbody>");
        for (Hyperparameter shown : plan.hyperparameters()) {
            page.add("<tr><th>%s</th><td>%s</td></tr>", Html.escape(shown.name()), Html.escape(shown.value()));
        }
        page.add("<tr><th>seed</th><td>%d</td></tr></tbody></table></div>", plan.seed());
        page.end();
    }

    private void networks(HtmlPage page) {
        page.begin("Networks");
        page.add(
                "<p>Architecture <code>%s</code>.</p>",
                Html.escape(plan.networks().architecture().name()));
        for (Graph graph : plan.networks().graphs()) {
            page.add(
                    "<details open><summary>%s: %,d parameters</summary>",
                    Html.escape(graph.name()), graph.parameterCount());
            page.add("<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>block</th><th>shape</th>"
                    + "<th>parameters</th></tr></thead><tbody>");
            for (GraphTable.Block block : GraphTable.of(graph).blocks()) {
                page.add(
                        "<tr><th>%s</th><td>%s</td><td>%s</td></tr>",
                        Html.escape(block.name()),
                        Html.escape(block.shape().toString()),
                        block.parameters() == 0 ? "" : Html.format("%,d", block.parameters()));
            }
            page.add("</tbody></table></div></details>");
        }
        page.end();
    }

    private void commands(HtmlPage page) {
        page.begin("How to go on");
        String sample = plan.networks().hasClassifier() ? "" : "\n./ganzoo sample ./model.zip --out samples.png";
        page.add(
                "<pre>%s</pre>",
                Html.escape("./ganzoo resume %1$s\n./ganzoo export %1$s --out model.zip%2$s\n./ganzoo report %1$s"
                        .formatted(run, sample)));
        page.add("<p>With a recipe of your own, put your Java file after <code>./ganzoo</code> to resume, export and"
                + " report.</p>");
        page.end();
    }
}
