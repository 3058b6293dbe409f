package dev.ganzoo.zoo;

import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.ModelSummary;
import dev.ganzoo.zoo.runtime.ClassifierSession;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.GeneratorSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** How and from where models are loaded. Immutable: every option gives a new loader. Safe for use by several threads. */
public final class ModelLoader {
    private static final int MAX_THREADS = 1024;
    private static final int MAX_BATCH = 1024;

    private final ModelCatalog catalog;
    private final Device device;
    private final int threads;
    private final int batch;

    private ModelLoader(ModelCatalog catalog, Device device, int threads, int batch) {
        this.catalog = catalog;
        this.device = device;
        this.threads = threads;
        this.batch = batch;
    }

    /** From the standard places, on device {@code auto}, with the shared threads, at most 16 images at once. */
    static ModelLoader standard() {
        return new ModelLoader(ModelCatalog.standard(), Device.auto(), 0, 16);
    }

    /** Searches {@code folder} in place of {@code ~/.ganzoo/models}. */
    public ModelLoader in(Path folder) {
        return new ModelLoader(ModelCatalog.in(folder), device, threads, batch);
    }

    /** Loads for {@code device}. */
    public ModelLoader on(Device device) {
        return new ModelLoader(catalog, Objects.requireNonNull(device, "device"), threads, batch);
    }

    /**
     * Gives each model a pool of {@code count} threads of its own, where otherwise all models share one that has as many
     * threads as the machine has cores.
     *
     * @param count in 1..1024
     */
    public ModelLoader threads(int count) {
        InvalidRequestException.check(
                count >= 1 && count <= MAX_THREADS, "threads", "threads must be in 1..1024", count);
        return new ModelLoader(catalog, device, count, batch);
    }

    /**
     * The most images a model computes at once; more are computed in turn. On the CPU a classifier is fastest with at least
     * as many as there are cores, which then share them out.
     *
     * @param size in 1..1024; by default 16
     */
    public ModelLoader batch(int size) {
        InvalidRequestException.check(size >= 1 && size <= MAX_BATCH, "batch", "batch must be in 1..1024", size);
        return new ModelLoader(catalog, device, threads, size);
    }

    /** As {@link Zoo#load(String)}. */
    public Model load(String nameOrPath) {
        return load(catalog.find(nameOrPath));
    }

    /** As {@link Zoo#load(Path)}. */
    public Model load(Path modelPackage) {
        return load(ModelPackage.open(modelPackage));
    }

    /** As {@link Zoo#generator(String)}. */
    public Generator generator(String nameOrPath) {
        return generator(catalog.find(nameOrPath));
    }

    /** As {@link Zoo#generator(String)}, from a model package: a folder or a zip file. */
    public Generator generator(Path modelPackage) {
        return generator(ModelPackage.open(modelPackage));
    }

    /** As {@link Zoo#classifier(String)}. */
    public Classifier classifier(String nameOrPath) {
        return classifier(catalog.find(nameOrPath));
    }

    /** As {@link Zoo#classifier(String)}, from a model package: a folder or a zip file. */
    public Classifier classifier(Path modelPackage) {
        return classifier(ModelPackage.open(modelPackage));
    }

    /** The card of a model, without loading it. @see #load(String) */
    public ModelCard card(String nameOrPath) {
        return catalog.find(nameOrPath).card();
    }

    /** As {@link Zoo#models()}. */
    public List<ModelSummary> models() {
        return catalog.models();
    }

    private Model load(ModelPackage model) {
        return switch (model.card().task()) {
            case GENERATOR -> generator(model);
            case CLASSIFIER -> classifier(model);
        };
    }

    private Generator generator(ModelPackage model) {
        return new Generator(model, GeneratorSession.open(model, device, threads, batch));
    }

    private Classifier classifier(ModelPackage model) {
        return new Classifier(model, ClassifierSession.open(model, device, threads, batch));
    }
}
