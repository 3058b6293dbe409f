package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.evaluate.ScoreTable;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelSummary;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganzoo models}: what can be sampled. */
@Command(name = "models", description = "List the models, or show the card of one.", mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {
    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "The model to show, by name or path.")
    private String name;

    @Option(names = "--json", description = "Show the card of the model as JSON.")
    private boolean json;

    @Mixin
    private ModelSource source;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            list(source.loader().models(), out);
        } else {
            ModelCard card = source.loader().card(name);
            if (json) {
                out.print(card.json());
            } else {
                show(card, out);
            }
        }
        out.flush();
    }

    private static void list(List<ModelSummary> models, PrintWriter out) {
        if (models.isEmpty()) {
            out.println("no models; make one by: ganzoo train, ganzoo export");
        }
        int width =
                models.stream().mapToInt(model -> model.name().length()).max().orElse(0);
        for (ModelSummary model : models) {
            String line = model.card().map(ModelsCommand::describe).orElse("broken: ");
            out.printf(
                    "%-" + width + "s  %s%s%n",
                    model.name(),
                    line,
                    model.problem().orElse(""));
            out.printf("%-" + width + "s  %s%n", "", model.location());
        }
    }

    private static String describe(ModelCard card) {
        String classes = card.conditional() ? card.labels().size() + " classes" : "no classes";
        return "%s, %s, %s: %s".formatted(card.task(), size(card.image()), classes, card.title());
    }

    private static String size(ModelCard.ImageSpec image) {
        return "%d×%d %s".formatted(image.width(), image.height(), image.channels() == 1 ? "grey" : "RGB");
    }

    private static void show(ModelCard card, PrintWriter out) {
        ModelCard.Provenance from = card.provenance();
        out.printf("%s %s: %s%n", card.name(), card.version(), card.title());
        if (!card.description().isEmpty()) {
            out.println(card.description());
        }
        line(out, "task", card.task());
        line(out, "images", size(card.image()));
        line(out, "classes", card.conditional() ? String.join(", ", card.labels()) : "none");
        if (card.truncation() != null) {
            line(
                    out,
                    "truncation",
                    "%s by default, %s recommended"
                            .formatted(
                                    card.truncation().byDefault(),
                                    card.truncation().recommended()));
        }
        line(out, "dataset", from.data().isEmpty() ? card.dataset() : card.dataset() + " (" + from.data() + ")");
        line(
                out,
                "recipe",
                "%s, step %,d%s".formatted(from.recipe(), from.step(), from.ema() ? ", moving average" : ""));
        if (from.hours() != null) {
            line(
                    out,
                    "trained",
                    "%.1f hours%s".formatted(from.hours(), from.machine().isEmpty() ? "" : " on " + from.machine()));
        }
        line(
                out,
                "parity",
                "%.1e of %.1e on %d golden samples"
                        .formatted(
                                card.parity().maxAbsoluteError(),
                                card.parity().tolerance(),
                                card.parity().samples()));
        line(out, "weights", card.precision() + ", " + card.licence());
        ScoreTable.lines(card.quality()).forEach(out::println);
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.printf("  %-11s %s%n", name, value);
    }
}
