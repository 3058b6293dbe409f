package dev.ganzoo.clients.cli;

import dev.ganzoo.export.Exporter;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganzoo export}: a model package of a training run. */
@Command(
        name = "export",
        description = "Make a model package of a trained generator, if it repeats the trained one's images.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run directory: what ganzoo train wrote.")
    private Path run;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "The package to write: a zip file if it ends with .zip, else a folder.")
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "STEP", description = "Export this checkpoint, not the latest.")
    private Long step;

    @Option(
            names = "--ema",
            negatable = true,
            description =
                    "Export the moving average of the generator, or the generator itself. Default: the average, if"
                            + " the run kept one.")
    private Boolean ema;

    @Option(
            names = "--precision",
            paramLabel = "fp32|fp16",
            description = "Store weights in four bytes or in two (${DEFAULT-VALUE}); computation is in fp32.")
    private WeightPrecision precision = WeightPrecision.FP32;

    @Option(
            names = "--for",
            paramLabel = "cpu|gpu",
            description = "The devices for which the network is rewritten (${DEFAULT-VALUE}); it runs on all.")
    private Target target = Target.CPU;

    @Option(
            names = "--explain",
            description =
                    "Print what each rewriting rule did to the number of nodes, multiply-adds an image, and bytes.")
    private boolean explain;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name. Default: that of the package.")
    private String name;

    @Option(names = "--title", paramLabel = "TEXT", description = "One line for people about the model.")
    private String title;

    @Option(names = "--description", paramLabel = "TEXT", description = "Some sentences about the model.")
    private String description;

    @Option(names = "--licence", paramLabel = "ID", description = "The licence of the weights. Default: Apache-2.0.")
    private String licence;

    @Option(
            names = "--truncation",
            paramLabel = "METHOD:VALUE",
            description = "What to recommend for good single images: scaled:0.8, resampled:1.5 or none (the default).")
    private String truncation;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ModelPackage model = exporter().write(out);
        ModelCard.Parity parity = model.card().parity();
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf(
                "wrote %s: model \"%s\" of step %d%s, %,d bytes in %s%n",
                out,
                model.card().name(),
                model.card().provenance().step(),
                model.card().provenance().ema() ? " (moving average)" : "",
                model.card().files().get(ModelPackage.GENERATOR).size(),
                model.card().precision());
        messages.printf(
                "it repeats %d images of the trained network within %.1e (allowed: %.0e)%n",
                parity.samples(), parity.maxAbsoluteError(), parity.tolerance());
        messages.flush();
        if (explain) {
            spec.commandLine().getOut().print(exporter().explain());
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    private Exporter exporter() {
        Exporter exporter = Exporter.of(run).weights(precision).target(target);
        exporter = step == null ? exporter : exporter.checkpoint(step);
        exporter = ema == null ? exporter : exporter.movingAverage(ema);
        exporter = name == null ? exporter : exporter.name(name);
        exporter = title == null ? exporter : exporter.card(card -> card.title(title));
        exporter = description == null ? exporter : exporter.card(card -> card.description(description));
        Truncation recommended = truncation == null ? Truncation.none() : Truncation.parse(truncation);
        exporter = exporter.card(card -> card.truncation(Truncation.none(), recommended));
        return licence == null ? exporter : exporter.card(card -> card.licence(licence));
    }
}
