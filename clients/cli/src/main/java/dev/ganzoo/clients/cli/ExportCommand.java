package dev.ganzoo.clients.cli;

import dev.ganzoo.export.CheckpointChoice;
import dev.ganzoo.export.ClassifierImport;
import dev.ganzoo.export.Exporter;
import dev.ganzoo.export.TorchFidelity;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.graph.rewrite.Explanation;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo export}: a model package of a training run, or of any ONNX classifier. */
@Command(
        name = "export",
        description =
                "Make a model package of a trained network, or of any ONNX classifier, if it repeats what that one gives.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The run directory: what ganzoo train wrote. With --torch-fidelity also a model.")
    private Path run;

    @ArgGroup(exclusive = false, heading = "%nOf a classifier that was trained elsewhere:%n")
    private ImportOptions imported;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "The package to write: a zip file if it ends with .zip, else a folder.")
    private Path out;

    @Option(
            names = "--torch-fidelity",
            paramLabel = "FILE",
            description = "In place of a package, write one ONNX file of the generator that torch-fidelity's command"
                    + " line takes: latents and labels in, bytes out.")
    private Path fidelity;

    @Option(
            names = "--checkpoint",
            paramLabel = "last|best|STEP",
            description = "Which checkpoint: the last, which is the default, that of a step, or that which was measured"
                    + " to be the best.")
    private String checkpoint = CheckpointChoice.LAST.toString();

    @Option(
            names = "--ema",
            negatable = true,
            description =
                    "Export the moving average of the generator, or the generator itself. Default: the average, if"
                            + " the run kept one.")
    private Boolean ema;

    @Option(
            names = "--classifier",
            description = "Export the classifier that learned with the generator: the discriminator, where that tells"
                    + " classes, as in acgan-wgan-gp and sgan.")
    private boolean classifier;

    @Option(
            names = "--precision",
            paramLabel = "fp32|fp16",
            description = "Store weights in four bytes or in two (${DEFAULT-VALUE}); computation is in fp32.")
    private WeightPrecision precision = WeightPrecision.FP32;

    @Option(
            names = "--for",
            paramLabel = "cpu|gpu",
            description =
                    "The devices for which the network is rewritten; it runs on all. Default: cpu for a generator,"
                            + " gpu for a classifier, whose gradient is faster so on both.")
    private Target target;

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

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((run == null) == (imported == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give either a run directory or --onnx FILE, got " + (run == null ? "none" : "both"));
        }
        if ((out == null) == (fidelity == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give either --out PATH or --torch-fidelity FILE, got " + (out == null ? "none" : "both"));
        }
        if (classifier) {
            refuseBesideClassifier("--onnx", imported);
            refuseBesideClassifier("--torch-fidelity", fidelity);
            refuseBesideClassifier("--truncation", truncation);
        }
        if (fidelity != null) {
            writeForTorchFidelity();
            return ExitCode.OK;
        }
        Explanation explanation = imported == null ? exportRun() : exportOnnx();
        if (explanation != null) {
            spec.commandLine().getOut().print(explanation);
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    private void refuseBesideClassifier(String option, Object value) {
        if (value != null) {
            throw new ParameterException(
                    spec.commandLine(), "--classifier is of a run's discriminator and writes a package, got " + option);
        }
    }

    private Explanation exportRun() throws IOException {
        ModelPackage model = exporter().write(out);
        ModelCard.Provenance provenance = model.card().provenance();
        tell(model, " of step %d%s".formatted(provenance.step(), provenance.ema() ? " (moving average)" : ""));
        return explain ? exporter().explain() : null;
    }

    private void writeForTorchFidelity() throws IOException {
        if (run == null) {
            throw new ParameterException(spec.commandLine(), "--torch-fidelity needs a generator, got --onnx");
        }
        ModelCard card;
        if (new RunFiles(run).isRun()) {
            card = TorchFidelity.write(exporter(), fidelity);
        } else {
            ModelPackage model = ModelCatalog.standard().find(run.toString());
            TorchFidelity.write(model, fidelity);
            card = model.card();
        }
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf("wrote %s (%,d bytes); have it measured by, for example%n", fidelity, Files.size(fidelity));
        messages.printf("  %s%n", TorchFidelity.command(card, fidelity, "cifar10-train"));
        messages.flush();
    }

    private Explanation exportOnnx() throws IOException {
        ClassifierImport importing = imported.begin().weights(precision);
        importing = target == null ? importing : importing.target(target);
        importing = name == null ? importing : importing.name(name);
        importing = importing.card(this::describe);
        ClassifierImport.Imported result = importing.write(out);
        tell(result.model(), "");
        PrintWriter messages = spec.commandLine().getErr();
        result.notes().forEach(note -> messages.println("note: " + note));
        if (!result.withoutGradient().isEmpty()) {
            messages.println("no gradient for the following, so that only score-based attacks work:");
            result.withoutGradient().forEach(place -> messages.println("  " + place));
        }
        messages.flush();
        return explain ? importing.explain() : null;
    }

    private void tell(ModelPackage model, String origin) {
        ModelCard card = model.card();
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf(
                "wrote %s: model \"%s\"%s, %,d bytes in %s%n",
                out,
                card.name(),
                origin,
                card.files().values().stream()
                        .mapToLong(ModelCard.FileEntry::size)
                        .sum(),
                card.precision());
        messages.printf(
                "it repeats what the original gives of %d images within %.1e (allowed: %.0e)%n",
                card.parity().samples(),
                card.parity().maxAbsoluteError(),
                card.parity().tolerance());
        messages.flush();
    }

    private CardBuilder describe(CardBuilder card) {
        CardBuilder more = title == null ? card : card.title(title);
        more = description == null ? more : more.description(description);
        return licence == null ? more : more.licence(licence);
    }

    private Exporter exporter() {
        Exporter exporter = Exporter.of(run)
                .weights(precision)
                .architectures(main.ganzoo().recipes().architectures());
        exporter = target == null ? exporter : exporter.target(target);
        exporter = exporter.checkpoint(CheckpointChoice.parse(checkpoint));
        exporter = ema == null ? exporter : exporter.movingAverage(ema);
        exporter = name == null ? exporter : exporter.name(name);
        exporter = classifier ? exporter.classifier() : exporter;
        exporter = exporter.card(this::describe);
        Truncation recommended = truncation == null ? Truncation.none() : Truncation.parse(truncation);
        return exporter.card(card -> card.truncation(Truncation.none(), recommended));
    }
}
