package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.runtime.Device;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that lists or loads models. */
final class ModelSource {
    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "The folder of models (otherwise GANZOO_MODELS, or ~/.ganzoo/models).")
    private Path folder;

    /** A loader for models of that folder, or of the usual one. */
    ModelLoader loader() {
        ModelLoader loader = Zoo.on(Device.auto());
        return folder == null ? loader : loader.in(folder);
    }

    /** The models themselves, not loaded. */
    ModelCatalog catalog() {
        return folder == null ? ModelCatalog.standard() : ModelCatalog.in(folder);
    }
}
