package dev.ganzoo.zoo;

import dev.ganzoo.zoo.model.ModelSummary;
import dev.ganzoo.zoo.runtime.Device;
import java.nio.file.Path;
import java.util.List;

/**
 * The zoo: every model that can be loaded by name, and the way to load one from a file.
 *
 * <pre>{@code
 * try (Model sngan = Zoo.load("sngan-proj")) {
 *     sngan.sample(64).ofClass("ship").truncation(0.8).seed(42).grid().save(Path.of("ships.png"));
 * }
 * }</pre>
 *
 * <p>Models are searched in {@code ~/.ganzoo/models} (or the folder named by the system property {@code ganzoo.models}, or
 * by the environment variable {@code GANZOO_MODELS}), then among those bundled on the class path.
 */
public final class Zoo {
    private Zoo() {}

    /**
     * Loads a model with the default options: on a GPU if one works, else on the CPU.
     *
     * @param nameOrPath the name of a model of {@link #models()}, or the path of a model package
     * @return the model, to be closed by the caller
     * @throws dev.ganzoo.zoo.model.UnknownModelException if there is no such model
     * @throws dev.ganzoo.zoo.model.InvalidModelException if its package is damaged
     */
    public static Model load(String nameOrPath) {
        return ModelLoader.standard().load(nameOrPath);
    }

    /** Loads a model from a model package: a folder or a zip file. @see #load(String) */
    public static Model load(Path modelPackage) {
        return ModelLoader.standard().load(modelPackage);
    }

    /**
     * Loads a generator.
     *
     * @throws dev.ganzoo.zoo.model.InvalidModelException if the model is not one
     * @see #load(String)
     */
    public static Generator generator(String nameOrPath) {
        return ModelLoader.standard().generator(nameOrPath);
    }

    /**
     * Loads a classifier.
     *
     * @throws dev.ganzoo.zoo.model.InvalidModelException if the model is not one
     * @see #load(String)
     */
    public static Classifier classifier(String nameOrPath) {
        return ModelLoader.standard().classifier(nameOrPath);
    }

    /** All models that can be loaded by name, and those that are there but broken. */
    public static List<ModelSummary> models() {
        return ModelLoader.standard().models();
    }

    /** A loader that searches {@code folder} in place of {@code ~/.ganzoo/models}: {@code Zoo.in(folder).load("mine")}. */
    public static ModelLoader in(Path folder) {
        return ModelLoader.standard().in(folder);
    }

    /** A loader for a device: {@code Zoo.on(Device.cpu()).load("sngan-proj")}. */
    public static ModelLoader on(Device device) {
        return ModelLoader.standard().on(device);
    }
}
