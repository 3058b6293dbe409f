package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Model;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelCatalog;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.ModelSummary;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of a server: what was in the catalog when it started. Those that do not load are known with the reason. */
final class ServedModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);

    private final Map<String, ServedModel> models;

    private ServedModels(Map<String, ServedModel> models) {
        this.models = Collections.unmodifiableMap(models);
    }

    static ServedModels none() {
        return new ServedModels(Map.of());
    }

    /**
     * Loads every model of the catalog and lets generators make one image, so that the first request does not wait.
     *
     * @param loader for the same places as the catalog
     */
    static ServedModels load(ModelCatalog catalog, ModelLoader loader) {
        Map<String, ServedModel> models = new LinkedHashMap<>();
        try {
            for (ModelSummary summary : catalog.models()) {
                models.put(summary.name(), load(summary, catalog, loader));
            }
            return new ServedModels(models);
        } catch (RuntimeException e) {
            new ServedModels(models).close();
            throw e;
        }
    }

    private static ServedModel load(ModelSummary summary, ModelCatalog catalog, ModelLoader loader) {
        String name = summary.name();
        ModelCard card = summary.card().orElse(null);
        if (card == null) {
            return broken(name, null, summary.problem().orElse("its card does not read"));
        }
        try {
            ModelPackage files = catalog.find(name);
            boolean shown = card.files().containsKey(ModelPackage.PREVIEW);
            byte[] preview = shown ? files.read(ModelPackage.PREVIEW) : null;
            return new ServedModel(name, card, warmed(loader.load(name)), preview, null);
        } catch (InvalidModelException e) {
            return broken(name, card, e.getMessage());
        }
    }

    private static ServedModel broken(String name, ModelCard card, String problem) {
        LOG.warn("model \"{}\" cannot be used: {}", name, problem);
        return new ServedModel(name, card, null, null, problem);
    }

    /** A classifier has seen an image when it was loaded. */
    private static Model warmed(Model model) {
        try {
            if (model instanceof Generator generator) {
                generator.sample(1).seed(0).png();
            }
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    Collection<ServedModel> all() {
        return models.values();
    }

    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** Whether there is one that can be used. */
    boolean anyLoaded() {
        return models.values().stream().anyMatch(model -> model.model() != null);
    }

    /** @throws Problem if there is none of that name */
    ServedModel named(String name) {
        return named(name, "model");
    }

    /** @param field that names it */
    ServedModel named(String name, String field) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw new Problem(Type.UNKNOWN_MODEL, field, Suggestions.unknown("model", name, models.keySet()));
        }
        return model;
    }

    /** Waits for computations in flight. */
    @Override
    public void close() {
        models.values().stream()
                .filter(model -> model.model() != null)
                .forEach(model -> model.model().close());
    }
}
