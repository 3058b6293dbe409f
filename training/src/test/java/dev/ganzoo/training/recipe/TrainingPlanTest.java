package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.loss.R1;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class TrainingPlanTest {
    private static final DataSpec DATA = new DataSpec("shapes", List.of("disc", "square"), 1, 32, 100, "00ff");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrainingPlan plan = TrainingPlan.of(Recipes.SNGAN_PROJECTION, DATA, 5);

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void jsonGivesThePlanBack(Recipe recipe) throws JsonProcessingException {
        TrainingPlan written = TrainingPlan.of(recipe, DATA, -7).with(Map.of("batch", "12"));

        JsonNode json = JSON.readTree(JSON.writeValueAsString(written.toJson()));

        assertThat(TrainingPlan.fromJson(json)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everySettingThatIsListedCanBeSet(Recipe recipe) {
        TrainingPlan asPublished = TrainingPlan.of(recipe, DATA, 0);

        assertThat(asPublished.with(asPublished.settings())).isEqualTo(asPublished);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyChoiceThatIsShownCanBeMade(Recipe recipe) {
        TrainingPlan asPublished = TrainingPlan.of(recipe, recipe.example(), 0);
        assertThat(asPublished.hyperparameters())
                .extracting(Hyperparameter::name)
                .containsExactlyElementsOf(asPublished.settings().keySet());

        for (Hyperparameter shown : asPublished.hyperparameters()) {
            for (String choice : shown.choices().replace("any of ", "").split(", ")) {
                if (!choice.isEmpty()) {
                    assertIsKnown(asPublished, shown.name(), choice);
                }
            }
        }
    }

    /** A choice may contradict the other settings, but it is one. */
    private static void assertIsKnown(TrainingPlan plan, String name, String choice) {
        Throwable refusal = catchThrowable(() -> plan.with(Map.of(name, choice)));
        if (refusal != null) {
            assertThat(refusal).hasMessageNotContainingAny("unknown", name + " must be \"", name + " must be a list");
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void networksAreMadeForTheData(Recipe recipe) {
        ObjectNode architecture = TrainingPlan.of(recipe, DATA, 0).networks().toJson();

        assertThat(architecture.path("classes").asInt(2)).isEqualTo(2);
        assertThat(architecture.get("channels").intValue()).isEqualTo(1);
    }

    @Test
    void settingsChangeNetworksAndSchedule() {
        TrainingPlan changed = plan.with(
                Map.of("ngf", "64", "upsampling", "bilinear", "generatorLearningRate", "1e-4", "decay", "none"));

        assertThat(changed.settings())
                .containsEntry("ngf", "64")
                .containsEntry("upsampling", "bilinear")
                .containsEntry("ndf", "128");
        Schedule schedule = ((Adversarial) changed.procedure()).schedule();
        assertThat(schedule.generatorLearningRate()).isEqualTo(1e-4);
        assertThat(schedule.decay()).isEqualTo(Schedule.Decay.NONE);
    }

    @Test
    void anUnknownSettingSuggestsTheNearest() {
        assertThatThrownBy(() -> plan.with(Map.of("nfg", "64")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown setting \"nfg\"; did you mean \"ngf\"? (known: latent, ngf, ndf, ")
                .hasMessageNotContainingAny("classes", "channels");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    sngan         | batchSize    | "batch"
                    sngan         | learningRate | "generatorLearningRate" or "discriminatorLearningRate"
                    sngan         | lr           | "generatorLearningRate" or "discriminatorLearningRate"
                    sngan         | width        | "ngf" or "ndf"
                    acgan-wgan-gp | ngf          | "width"
                    """)
    void anUnknownSettingSuggestsWhatIsMeant(String recipe, String name, String suggested) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TrainingPlan.of(Recipes.named(recipe), DATA, 0).with(Map.of(name, "8")))
                .withMessageStartingWith("unknown setting \"%s\"; did you mean %s? (known: ", name, suggested);
    }

    @ParameterizedTest
    @CsvSource({"classes, 3", "channels, 3"})
    void whatTheDataSayCannotBeSet(String name, String value) {
        assertRefused(name, value, name + " must come from the data, got " + name + "=" + value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ngf                   | many        | ngf must be a whole number, got "many"
                    ngf                   | 6.5         | ngf must be a whole number, got 6.5
                    ngf                   | 64 32       | ngf must be a whole number, got "64 32"
                    ngf                   | 99999999999 | ngf must be in [-2147483648, 2147483647], got 99999999999
                    ngf                   | 0           | ngf must be at least 1, got 0
                    ngf                   | 2000000000  | ngf must be at most 65536, got 2000000000
                    latent                | 65537       | latent must be at most 65536, got 65537
                    upsampling            | cubic       | upsampling must be "nearest" or "bilinear", got "cubic"
                    upsampling            | 1           | upsampling must be "nearest" or "bilinear", got 1
                    shortcutPreActivated  | 1           | shortcutPreActivated must be true or false, got 1
                    steps                 | 1e3         | steps must be a whole number, got 1000.0
                    steps                 | 0           | steps must be ≥ 1, got 0
                    batch                 | -4          | batch must be ≥ 1, got -4
                    accumulation          | 0           | accumulation must be ≥ 1, got 0
                    discriminatorSteps    | 0           | discriminatorSteps must be ≥ 1, got 0
                    accumulation          | 1000000000  | batch × accumulation × discriminatorSteps must be at most 2147483647, got 64 × 1000000000 × 5
                    generatorLearningRate | 0           | generatorLearningRate must be > 0 and finite, got 0.0
                    generatorLearningRate | 1e999       | generatorLearningRate must be > 0 and finite, got Infinity
                    beta1                 | 1           | beta1 must be in [0, 1), got 1.0
                    beta2                 | NaN         | beta2 must be in [0, 1), got NaN
                    decay                 | cosine      | decay must be "none" or "linear", got "cosine"
                    emaDecay              | -0.1        | emaDecay must be in [0, 1), got -0.1
                    emaStart              | -1          | emaStart must be ≥ 0, got -1
                    """)
    void wrongValuesAreRefused(String name, String value, String message) {
        assertRefused(name, value, message);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void networksAreAsLargeAsAskedForOrRefused(Recipe recipe) {
        TrainingPlan published = TrainingPlan.of(recipe, recipe.example(), 0);

        published.networks().toJson().properties().stream()
                .filter(field ->
                        field.getValue().isInt() && published.settings().containsKey(field.getKey()))
                .forEach(field -> {
                    String name = field.getKey();
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> published.with(Map.of(name, "2000000000")))
                            .withMessage(name + " must be at most 65536, got 2000000000");
                    Throwable refusal = catchThrowable(() -> published.with(Map.of(name, "65536")));
                    assertThat(refusal == null || refusal instanceof IllegalArgumentException)
                            .as("%s: %s", name, refusal)
                            .isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    sngan-proj | realTarget        | 0.9             | realTarget must be 1 with hinge, which has no target, got 0.9
                    sngan-proj | objective         | hing            | unknown objective "hing"; did you mean "hinge"?
                    sngan-proj | overfittingTarget | 0.6             | overfittingTarget must be 0 where nothing is augmented (set augment), got 0.6
                    sngan-proj | augment           | color,colour    | augment must be a list, each "color" or "flip" or "turn" or "translation" or "cutout", got ["color","colour"]
                    ssgan      | augment           | flip,turn       | augment must not have turn where the discriminator tells how images were turned, got [FLIP, TURN]
                    dcgan      | gradientPenalty   | 10              | gradientPenalty must be 0 where the discriminator has batch norm, found norm
                    ssgan      | rotationHead      | false           | discriminator must have an output "rotation_logits", has logit
                    ssgan      | discriminatorRotation | 0           | generatorRotation must be 0 where discriminatorRotation is 0, got 0.2
                    ssgan      | batch             | 3               | batch must be ≥ 4 where the discriminator tells how images were turned, got 3
                    sgan       | labelledClasses   | 0               | labelledClasses must be > 0 and finite, got 0.0
                    dcgan      | objective         | wasserstein     | gradientPenalty or r1 must be > 0 with objective wasserstein where the discriminator has no spectral norm, got 0 for both
                    wgan-gp    | gradientPenalty   | 0               | gradientPenalty or r1 must be > 0 with objective wasserstein where the discriminator has no spectral norm, got 0 for both
                    dcgan      | emaStart          | 500             | emaStart must be 0 where emaDecay is 0, got 500
                    dcgan      | gradientLengths   | one_sided       | gradientLengths must be two_sided where gradientPenalty is 0, got one_sided
                    dcgan      | augmentProbability | 0.5            | augmentProbability must be 1 where nothing is augmented (set augment), got 0.5
                    dcgan      | adaptationImages  | 1000            | adaptationImages must be 500000 where overfittingTarget is 0, got 1000
                    sngan      | rotationHead      | true            | rotationHead must be false where no loss trains it, as ssgan's does, got true
                    mnist-classifier  | milestones | 5,10            | milestones must be empty where decay is none, got 5,10
                    mnist-classifier  | decay      | milestones      | decay must not be milestones where milestones is empty, got milestones
                    biggan     | emaStart          | 99999999        | emaStart must be < steps (125000), got 99999999
                    mnist-classifier  | emaStart   | 100             | emaStart must be 0 where emaDecay is 0, got 100
                    mnist-classifier  | hue        | 0.1             | hue must be 0 where images are grey, got 0.1
                    """)
    void settingsThatDoNotGoTogetherAreRefused(String recipe, String name, String value, String message) {
        Recipe chosen = Recipes.named(recipe);
        TrainingPlan asPublished = TrainingPlan.of(chosen, chosen.example(), 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> asPublished.with(Map.of(name, value)))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    sngan         | augment=color overfittingTarget=0.6 objective=wasserstein   | overfittingTarget must be 0 with objective wasserstein, by which the sign of the discriminator's output means nothing, got 0.6
                    lsgan         | augment=color overfittingTarget=0.6                         | overfittingTarget must be 0 with objective least-squares, by
                    dcgan         | augment=color augmentProbability=0                          | augmentProbability must be > 0 where it stays (overfittingTarget is 0), got 0.0
                    dcgan         | augment=color adaptationImages=1000                         | adaptationImages must be 500000 where overfittingTarget is 0, got 1000
                    biggan        | emaDecay=0 emaStart=500                                     | emaStart must be 0 where emaDecay is 0, got 500
                    wgan-gp       | objective=hinge gradientPenalty=0 gradientLengths=one_sided | gradientLengths must be two_sided where gradientPenalty is 0, got one_sided
                    acgan-wgan-gp | realClasses=0 fakeClasses=0                                 | realClasses or fakeClasses must be > 0, got 0 for both
                    """)
    void settingsThatContradictEachOtherAreRefused(String recipe, String settings, String message) {
        Recipe chosen = Recipes.named(recipe);
        TrainingPlan asPublished = TrainingPlan.of(chosen, chosen.example(), 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> asPublished.with(split(settings)))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sngan             | objective=wasserstein
                    dcgan             | objective=wasserstein spectralNorm=true
                    dcgan             | objective=wasserstein r1=10
                    wgan-gp           | objective=hinge gradientPenalty=0
                    biggan            | emaDecay=0
                    biggan            | emaDecay=0 emaStart=0
                    ssgan             | discriminatorRotation=0 generatorRotation=0
                    ssgan             | generatorRotation=0
                    acgan-wgan-gp     | fakeClasses=0
                    sngan             | augment=color augmentProbability=0 overfittingTarget=0.6 adaptationImages=1000
                    cifar10-classifier | decay=cosine
                    cifar10-classifier | decay=cosine milestones=
                    cifar10-classifier | milestones=
                    """)
    void whatAChangeLeavesIdleIsNotRefused(String recipe, String settings) {
        Recipe chosen = Recipes.named(recipe);

        TrainingPlan changed = TrainingPlan.of(chosen, chosen.example(), 0).with(split(settings));

        assertThat(changed.with(changed.settings())).isEqualTo(changed);
    }

    private static Map<String, String> split(String settings) {
        return Arrays.stream(settings.split(" "))
                .map(setting -> setting.split("=", -1))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    @Test
    void aRunWithIdleSettingsGoesOn() {
        ObjectNode json = plan.toJson();
        ((ObjectNode) json.get("augmentation")).put("augmentProbability", 0.5);
        ((ObjectNode) json.get("schedule")).put("emaDecay", 0);

        TrainingPlan recorded = TrainingPlan.fromJson(json);

        assertThat(recorded.with(Map.of("augmentProbability", "0.5", "emaStart", "1000")))
                .isEqualTo(recorded);
    }

    @Test
    void theReportsExperimentsAreSettings() {
        TrainingPlan changed = plan.with(Map.of(
                "r1", "0.2",
                "discriminatorLearningRate", "4e-4",
                "augment", "color,translation,cutout",
                "accumulation", "8",
                "pooling", "mean",
                "initialization", "orthogonal"));

        Adversarial procedure = (Adversarial) changed.procedure();
        assertThat(procedure.augmentation()).isEqualTo(DiscriminatorAugmentation.diffAugment());
        assertThat(procedure.game().terms()).contains(new R1(0.2));
        assertThat(TrainingPlan.of(Recipes.CONDITIONAL_DCGAN, DATA, 0)
                        .with(Map.of("realTarget", "0.9", "r1", "0.2", "spectralNorm", "true"))
                        .settings())
                .containsEntry("realTarget", "0.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    recipe       | "sngon"  | unknown recipe "sngon"
                    objective    | "bce"    | objective of sngan-proj in recipe.json must be hinge, got bce
                    seed         | "5"      | "seed" in recipe.json must be a whole number, got "5"
                    seed         | 1.5      | "seed" in recipe.json must be a whole number, got 1.5
                    dataset      | []       | "dataset" in recipe.json must be an object, got []
                    architecture | 3        | "architecture" in recipe.json must be an object, got 3
                    schedule     | {}       | schedule must have steps, batch,
                    """)
    void alteredJsonIsRefused(String part, String json, String message) throws JsonProcessingException {
        ObjectNode altered = plan.toJson();
        altered.set(part, JSON.readTree(json));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingPlan.fromJson(altered))
                .withMessageStartingWith(message);
        altered.remove(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingPlan.fromJson(altered))
                .withMessageMatching("\"" + part + "\" in recipe.json must be .*, got nothing");
    }

    private void assertRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.with(Map.of(name, value)))
                .withMessage(message);
    }
}
