package dev.ganzoo.zoo.model;

import dev.ganzoo.zoo.latent.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a {@link ModelCard} together, field by field; what may be left out has a default here. Not safe for use by several
 * threads.
 */
public final class CardBuilder {
    private final Task task;
    private final String name;
    private String version = "1.0.0";
    private String title;
    private String description = "";
    private String dataset;
    private List<String> labels = List.of();
    private ModelCard.LatentSpec latent;
    private ModelCard.ImageSpec image;
    private ModelCard.TruncationSpec truncation;
    private List<ModelCard.Layer> layers = List.of();
    private String licence = "Apache-2.0";
    private ModelCard.Provenance provenance;
    private ModelCard.Parity parity;
    private String precision = "fp32";
    private final List<ModelCard.Quality> quality = new ArrayList<>();

    CardBuilder(Task task, String name) {
        this.task = task;
        this.name = name;
        this.title = name;
    }

    /** The version of the model; by default 1.0.0. */
    public CardBuilder version(String version) {
        this.version = version;
        return this;
    }

    /** One line for people; by default the name. */
    public CardBuilder title(String title) {
        this.title = title;
        return this;
    }

    /** Some sentences; by default none. */
    public CardBuilder description(String description) {
        this.description = description;
        return this;
    }

    /** What the model learned from: {@code cifar10}. */
    public CardBuilder dataset(String dataset) {
        this.dataset = dataset;
        return this;
    }

    /** Names of the classes in the order of the network; by default none, for an unconditional model. */
    public CardBuilder labels(List<String> labels) {
        this.labels = labels;
        return this;
    }

    /** Components of a latent, each N(0, 1). */
    public CardBuilder latent(int size) {
        this.latent = new ModelCard.LatentSpec(size, "normal");
        return this;
    }

    /** The images, with values in [-1, 1] for a generator and in [0, 1] for a classifier. */
    public CardBuilder image(int channels, int height, int width) {
        this.image = task == Task.GENERATOR
                ? ModelCard.ImageSpec.symmetric(channels, height, width)
                : ModelCard.ImageSpec.unit(channels, height, width);
        return this;
    }

    /** The layers that can be visualised; by default none. */
    public CardBuilder layers(List<ModelCard.Layer> layers) {
        this.layers = layers;
        return this;
    }

    /** How to draw latents where a request says nothing, and for good single images; by default without truncation. */
    public CardBuilder truncation(Truncation byDefault, Truncation recommended) {
        this.truncation = new ModelCard.TruncationSpec(byDefault, recommended);
        return this;
    }

    /** The licence of the weights; by default Apache-2.0. */
    public CardBuilder licence(String licence) {
        this.licence = licence;
        return this;
    }

    /** How the model came about. */
    public CardBuilder provenance(ModelCard.Provenance provenance) {
        this.provenance = provenance;
        return this;
    }

    /** How exactly the network repeats the trained one. */
    public CardBuilder parity(double maxAbsoluteError, double tolerance, int samples) {
        this.parity = new ModelCard.Parity(maxAbsoluteError, tolerance, samples);
        return this;
    }

    /** How weights are stored, {@code fp32} (the default) or {@code fp16}. */
    public CardBuilder precision(String precision) {
        this.precision = precision;
        return this;
    }

    /** One more measurement. */
    public CardBuilder quality(String metric, double value, Double deviation, Map<String, String> protocol) {
        this.quality.add(new ModelCard.Quality(metric, value, deviation, protocol));
        return this;
    }

    /**
     * The card, still without files: {@link ModelPackage#write} lists them.
     *
     * @throws IllegalArgumentException if a field is missing or wrong; the message names it
     */
    public ModelCard build() {
        return new ModelCard(
                ModelCard.FORMAT,
                name,
                version,
                title,
                description,
                task,
                dataset,
                labels,
                latent,
                image,
                truncation,
                layers,
                licence,
                provenance,
                parity,
                precision,
                quality,
                Map.of());
    }
}
