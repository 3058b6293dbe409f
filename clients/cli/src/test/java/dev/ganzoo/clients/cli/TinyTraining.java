package dev.ganzoo.clients.cli;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.NoiseImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the command line needs for a training run of seconds. */
final class TinyTraining {
    private static final int PER_CLASS = 4;
    private static final String SETTINGS = "ngf=4,ndf=4,latent=8,batch=4,discriminatorSteps=1";

    /** Whichever of these a recipe has. */
    private static final Map<String, Integer> ANY = Map.ofEntries(
            Map.entry("ngf", 4),
            Map.entry("ndf", 4),
            Map.entry("width", 4),
            Map.entry("latent", 16),
            Map.entry("embedding", 4),
            Map.entry("sharedEmbedding", 4),
            Map.entry("batch", 4),
            Map.entry("discriminatorSteps", 1),
            Map.entry("standingBatches", 2),
            Map.entry("steps", 2),
            Map.entry("epochs", 1));

    private TinyTraining() {}

    /** Images of noise of two classes below {@code folder}. */
    static Path images(Path folder) throws IOException {
        NoiseImages.write(folder, PER_CLASS);
        return folder;
    }

    /** The command that trains tiny networks of a recipe on a dataset or a folder: two steps, or an epoch. */
    static List<String> train(Recipe recipe, String data, Path out, String... more) {
        List<String> command =
                new ArrayList<>(List.of("train", recipe.name(), "--data", data, "--out", out.toString()));
        Set<String> known =
                TrainingPlan.of(recipe, recipe.example(), 0).settings().keySet();
        ANY.forEach((name, value) -> {
            if (known.contains(name)) {
                command.addAll(List.of("--set", name + "=" + value));
            }
        });
        command.addAll(List.of(more));
        return command;
    }

    /** The command that trains tiny networks on these images. */
    static List<String> train(Path images, Path out, String... more) {
        List<String> command =
                new ArrayList<>(List.of("train", "sngan-proj", "--data", images.toString(), "--out", out.toString()));
        for (String setting : SETTINGS.split(",")) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of(more));
        return command;
    }
}
