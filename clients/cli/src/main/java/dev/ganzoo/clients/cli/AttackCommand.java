package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.attack.Attack;
import dev.ganzoo.zoo.attack.AttackOptions;
import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.attack.AttackedImage;
import dev.ganzoo.zoo.attack.Attacks;
import dev.ganzoo.zoo.attack.Goal;
import dev.ganzoo.zoo.attack.Norm;
import dev.ganzoo.zoo.attack.RobustnessReport;
import dev.ganzoo.zoo.attack.RobustnessRequest;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.runtime.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo attack}: adversarial perturbation of images, or a classifier's accuracy under it. */
@Command(
        name = "attack",
        description = {
            "Perturb images so that a classifier takes them for something else; or measure its accuracy under attacks.",
            "Pixels are in [0, 1]: an epsilon of 8/255 is eight steps of an 8-bit image."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AttackCommand implements Callable<Integer> {
    private static final int MOST_FIGURES = 32;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "The classifier, by name (see ganzoo models) or path.")
    private String model;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "PNG, JPEG, BMP or GIF files; the middle of each, at the model's size.")
    private List<Path> files = List.of();

    @Mixin
    private AttackInputs inputs;

    @Option(names = "--list", description = "List the attacks with their options, and do nothing else.")
    private boolean list;

    @Option(
            names = {"--attack", "--attacks"},
            paramLabel = "NAME",
            split = ",",
            description = "Which attack, several with --evaluate; pgd otherwise, random-sign,fgsm,pgd with --evaluate.")
    private List<String> attacks = List.of();

    @Option(
            names = "--epsilon",
            paramLabel = "EPS",
            split = ",",
            description = "The largest perturbation, as 8/255 or 0.03; several with --evaluate.")
    private List<String> epsilons = List.of();

    @Option(names = "--norm", paramLabel = "NORM", description = "linf or l2.")
    private String norm;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any other option of the attack, as in --set steps=40; see --list.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "CLASS",
            description = "A class by name or index, next-class, least-likely or untargeted.")
    private String target;

    @Option(names = "--label", paramLabel = "CLASS", split = ",", description = "The true class of each image file.")
    private List<String> labels = List.of();

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "0", description = "The seed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--evaluate", description = "Measure accuracy over the dataset for each attack and epsilon.")
    private boolean evaluate;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "The figure, .png (MODEL-attack.png otherwise); or a folder for the perturbed images, a PNG each.")
    private Path out;

    @Option(names = "--json", paramLabel = "PATH", description = "Where to write the numbers as JSON.")
    private Path json;

    @Option(names = "--plot", paramLabel = "PATH", description = "Where to draw accuracy against epsilon, .png.")
    private Path plot;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or cuda:0.")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the CPU; all cores otherwise.")
    private Integer threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many images at a time (${DEFAULT-VALUE}).")
    private int batch;

    @Mixin
    private ModelSource source;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (list) {
            listAttacks();
            return 0;
        }
        if (model == null) {
            throw new IllegalArgumentException("which classifier? give its name or path (see ganzoo models)");
        }
        checkCombination();
        ModelLoader loader = source.loader().on(Device.parse(device)).batch(batch);
        loader = threads == null ? loader : loader.threads(threads);
        try (Classifier classifier = loader.classifier(model)) {
            if (evaluate) {
                evaluate(classifier);
            } else {
                attack(classifier);
            }
        }
        return 0;
    }

    private void listAttacks() {
        for (Attack attack : Attacks.all()) {
            print("%-15s %s%n%-15s options: %s"
                    .formatted(
                            attack.name(), attack.description(), "", String.join(", ", AttackOptions.names(attack))));
        }
    }

    private void attack(Classifier classifier) throws IOException {
        AttackInputs.Images images = inputs.images(
                main.ganzoo(),
                files,
                classifier.network().shape(),
                spec.commandLine().getErr());
        AttackRequest request = configured(classifier.attack(images.tensor()));
        if (images.dataset() != null) {
            request = request.labels(images.dataset(), images.indices());
        } else if (!labels.isEmpty()) {
            request = request.labels(labels.toArray(String[]::new));
        }
        AttackResult result;
        try (AttackProgress progress = AttackProgress.on(spec.commandLine().getErr())) {
            String name = request.attack().name();
            result = request.listener((done, total) -> progress.show(name, done, total))
                    .run();
        }
        print(result.toString());
        result.images().forEach(image -> print(describe(image, result.classNames())));
        if (result.zeroGradients() > 0) {
            print("warning: no gradient at all for %d images: the model hides it, and robustness says nothing"
                    .formatted(result.zeroGradients()));
        }
        save(result, out != null ? out : Path.of(classifier.name() + "-attack.png"));
        write(json, result.report().json());
    }

    private AttackRequest configured(AttackRequest request) {
        AttackRequest configured = attacks.isEmpty() ? request : request.using(attacks.get(0));
        configured = norm == null ? configured : configured.norm(Norm.parse(norm));
        configured = epsilons.isEmpty() ? configured : configured.epsilon(epsilons.get(0));
        for (var setting : settings.entrySet()) {
            configured = configured.option(setting.getKey(), setting.getValue());
        }
        configured = target == null ? configured : configured.goal(Goal.parse(target, configured.classNames()));
        return configured.seed(seed);
    }

    private static String describe(AttackedImage image, List<String> names) {
        return "  image %d (%s%s): %s %.1f %% -> %s %.1f %%, at 8 bits %s; linf %.2f/255, l2 %.3f; %d gradients, %d queries"
                .formatted(
                        image.index(),
                        names.get(image.label()),
                        image.target() < 0 ? "" : " -> " + names.get(image.target()),
                        names.get(image.before().prediction()),
                        100 * image.before().confidence(),
                        names.get(image.after().prediction()),
                        100 * image.after().confidence(),
                        names.get(image.rounded().prediction()),
                        255 * image.after().linf(),
                        image.after().l2(),
                        image.gradientEvaluations(),
                        image.queries());
    }

    private void save(AttackResult result, Path to) throws IOException {
        if (to.toString().endsWith(".png")) {
            writePng(to, result.figures(MOST_FIGURES));
            return;
        }
        for (AttackedImage image : result.images()) {
            String name = "%06d-%s.png"
                    .formatted(
                            image.index(),
                            result.classNames()
                                    .get(image.rounded().prediction())
                                    .replaceAll("[^\\p{L}\\p{N}._-]", "_"));
            writePng(to.resolve(name), Pixels.image(UnitImages.toSigned(result.rounded()), image.index()));
        }
    }

    private void evaluate(Classifier classifier) throws IOException {
        Dataset dataset = inputs.dataset(
                main.ganzoo(), classifier.network().shape(), spec.commandLine().getErr());
        RobustnessRequest request = classifier.robustness(dataset).seed(seed);
        request = attacks.isEmpty() ? request : request.attacks(attacks.toArray(String[]::new));
        request = norm == null ? request : request.norm(Norm.parse(norm));
        request = epsilons.isEmpty() ? request : request.epsilons(epsilons.toArray(String[]::new));
        for (var setting : settings.entrySet()) {
            request = request.option(setting.getKey(), setting.getValue());
        }
        RobustnessReport report;
        try (AttackProgress progress = AttackProgress.on(spec.commandLine().getErr())) {
            report = request.listener(progress::show).run();
        }
        print(report.table().stripTrailing());
        write(json, report.json());
        if (plot != null) {
            writePng(plot, report.plot());
        }
    }

    private void checkCombination() {
        if (evaluate && (target != null || !labels.isEmpty() || out != null || !files.isEmpty())) {
            throw new IllegalArgumentException(
                    "--evaluate takes no image files, --target, --label or --out; it takes --data, --json, --plot");
        }
        if (!evaluate && (attacks.size() > 1 || epsilons.size() > 1 || plot != null)) {
            throw new IllegalArgumentException("several attacks or epsilons, and --plot, need --evaluate");
        }
    }

    private void write(Path to, String text) throws IOException {
        if (to != null) {
            AtomicFiles.write(to, text.getBytes(StandardCharsets.UTF_8));
            print(to.toString());
        }
    }

    private void writePng(Path to, BufferedImage picture) throws IOException {
        AtomicFiles.write(to, Png.encode(picture));
        print(to.toString());
    }

    private void print(String line) {
        PrintWriter printer = spec.commandLine().getOut();
        printer.println(line);
        printer.flush();
    }
}
