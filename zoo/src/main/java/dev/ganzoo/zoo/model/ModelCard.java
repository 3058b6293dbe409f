package dev.ganzoo.zoo.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ganzoo.zoo.latent.Truncation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a model is, where it comes from, and how well it was measured to do: {@code card.json} of a model package. The
 * file format is described in {@code docs/model-package.md}; {@link #generator} starts a new card.
 *
 * <p>Immutable. Constructors refuse what a card may not say with an {@link IllegalArgumentException}.
 *
 * @param format the version of the file format: {@value #FORMAT}
 * @param name lower-case letters, digits, dots, hyphens and underscores
 * @param version of the model, for instance {@code 1.0.0}
 * @param title one line for people
 * @param description some sentences, or empty
 * @param task what the model does
 * @param dataset what it learned from: {@code cifar10}
 * @param labels names of the classes in the order of the network; empty if it is unconditional
 * @param latent what a generator takes; null for other tasks
 * @param image what a generator makes, or a classifier takes
 * @param truncation how to draw a generator's latents; null for other tasks
 * @param layers of a classifier whose features can be visualised, from the image on; empty for other tasks
 * @param licence of the weights, as an SPDX identifier where there is one
 * @param provenance how the model came about
 * @param parity how exactly the exported network repeats the trained one
 * @param precision of the stored weights: {@code fp32} or {@code fp16}
 * @param quality what was measured; empty if nothing was
 * @param files every file of the package but the card, by name
 */
public record ModelCard(
        int format,
        String name,
        String version,
        String title,
        String description,
        Task task,
        String dataset,
        List<String> labels,
        LatentSpec latent,
        ImageSpec image,
        TruncationSpec truncation,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Layer> layers,
        String licence,
        Provenance provenance,
        Parity parity,
        String precision,
        List<Quality> quality,
        Map<String, FileEntry> files) {

    /** The version of the card's format that this code writes and reads. */
    public static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int MAX_EXTENT = 4096;

    /** Checks every field, and copies the collections. */
    public ModelCard {
        check(format == FORMAT, "format must be " + FORMAT, format);
        require(name, "name");
        check(NAME.matcher(name).matches(), "name must match " + NAME, name);
        require(version, "version");
        require(title, "title");
        description = description == null ? "" : description;
        require(task, "task");
        require(dataset, "dataset");
        labels = labels == null ? List.of() : List.copyOf(labels);
        check(labels.stream().distinct().count() == labels.size(), "labels must differ from each other", labels);
        require(image, "image");
        if (task == Task.GENERATOR) {
            require(latent, "latent");
            truncation = truncation == null ? new TruncationSpec(Truncation.none(), Truncation.none()) : truncation;
        }
        layers = layers == null ? List.of() : List.copyOf(layers);
        check(
                layers.stream().map(Layer::name).distinct().count() == layers.size(),
                "layers must have names of their own",
                layers);
        require(licence, "licence");
        require(provenance, "provenance");
        require(parity, "parity");
        require(precision, "precision");
        check(List.of("fp32", "fp16").contains(precision), "precision must be fp32 or fp16", precision);
        quality = quality == null ? List.of() : List.copyOf(quality);
        files = files == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(files));
        for (String file : files.keySet()) {
            check(FILE.matcher(file).matches(), "a file name must match " + FILE, file);
            check(!file.equals(ModelPackage.CARD), "files must not list the card itself", file);
            require(files.get(file), "files." + file);
        }
    }

    /** Starts a card for a classifier of that name. */
    public static CardBuilder classifier(String name) {
        return new CardBuilder(Task.CLASSIFIER, name);
    }

    /** Starts a card for a generator of that name. */
    public static CardBuilder generator(String name) {
        return new CardBuilder(Task.GENERATOR, name);
    }

    /** Whether the model knows classes. */
    public boolean conditional() {
        return !labels.isEmpty();
    }

    /** This card with these files in place of its own. */
    public ModelCard withFiles(Map<String, FileEntry> others) {
        return with(quality, others);
    }

    /** This card with one more measurement; an older one of the same metric and protocol is replaced. */
    public ModelCard withQuality(Quality measured) {
        List<Quality> all = new ArrayList<>(quality);
        all.removeIf(
                old -> old.metric().equals(measured.metric()) && old.protocol().equals(measured.protocol()));
        all.add(measured);
        return with(all, files);
    }

    private ModelCard with(List<Quality> newQuality, Map<String, FileEntry> newFiles) {
        return new ModelCard(
                format,
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
                newQuality,
                newFiles);
    }

    /** The card as {@code card.json} has it: indented UTF-8 JSON. */
    public String json() {
        return CardJson.write(this);
    }

    /**
     * Latents: {@code (N, size)}.
     *
     * @param size components of one latent, at least 1
     * @param distribution of each component: {@code normal}, for N(0, 1)
     */
    public record LatentSpec(int size, String distribution) {
        /** Checks both. */
        public LatentSpec {
            check(size >= 1 && size <= MAX_EXTENT, "latent.size must be in 1.." + MAX_EXTENT, size);
            check("normal".equals(distribution), "latent.distribution must be normal", distribution);
        }
    }

    /**
     * Images: {@code (N, channels, height, width)}.
     *
     * @param channels 1 (grey) or 3 (RGB)
     * @param height in pixels
     * @param width in pixels
     * @param range the values of black and of full brightness: [-1, 1] for generators, [0, 1] for classifiers
     */
    public record ImageSpec(int channels, int height, int width, List<Double> range) {
        /** Checks all. */
        public ImageSpec {
            check(channels == 1 || channels == 3, "image.channels must be 1 or 3", channels);
            check(height >= 1 && height <= MAX_EXTENT, "image.height must be in 1.." + MAX_EXTENT, height);
            check(width >= 1 && width <= MAX_EXTENT, "image.width must be in 1.." + MAX_EXTENT, width);
            check(
                    range != null && range.size() == 2 && range.get(0) < range.get(1),
                    "image.range must be two growing numbers",
                    range);
            range = List.copyOf(range);
        }

        /** Images with values in [0, 1]. */
        public static ImageSpec unit(int channels, int height, int width) {
            return new ImageSpec(channels, height, width, List.of(0.0, 1.0));
        }

        /** Images with values in [-1, 1]. */
        public static ImageSpec symmetric(int channels, int height, int width) {
            return new ImageSpec(channels, height, width, List.of(-1.0, 1.0));
        }
    }

    /**
     * A layer of a classifier.
     *
     * @param name in the network
     * @param shape of its activation for one image: {@code [C, H, W]} or {@code [F]}
     * @param file of the package: the gradient of what it is asked for
     */
    public record Layer(String name, List<Integer> shape, String file) {
        /** Checks all. */
        public Layer {
            require(name, "layers.name");
            check(
                    shape != null
                            && (shape.size() == 1 || shape.size() == 3)
                            && shape.stream().allMatch(e -> e > 0),
                    "the shape of layer " + name + " must be [C, H, W] or [F]",
                    shape);
            shape = List.copyOf(shape);
            require(file, "layers.file");
        }
    }

    /**
     * How to draw latents.
     *
     * @param byDefault where a request says nothing
     * @param recommended for good single images
     */
    public record TruncationSpec(@JsonProperty("default") Truncation byDefault, Truncation recommended) {
        /** Takes no truncation for what is left out. */
        public TruncationSpec {
            byDefault = byDefault == null ? Truncation.none() : byDefault;
            recommended = recommended == null ? byDefault : recommended;
        }
    }

    /**
     * How the model came about.
     *
     * @param recipe its name
     * @param hyperparameters all of them, resolved
     * @param step generator steps trained
     * @param ema whether the weights are the exponential moving average
     * @param hours of training, or null if not known
     * @param machine what it was trained on, or empty
     * @param data which images, and how many
     */
    public record Provenance(
            String recipe,
            Map<String, Object> hyperparameters,
            long step,
            boolean ema,
            Double hours,
            String machine,
            String data) {
        /** Checks the recipe and the step. */
        public Provenance {
            require(recipe, "provenance.recipe");
            check(step >= 0, "provenance.step must be at least 0", step);
            hyperparameters = hyperparameters == null
                    ? Map.of()
                    : Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
            machine = machine == null ? "" : machine;
            data = data == null ? "" : data;
        }
    }

    /**
     * How exactly the exported network repeats the trained one on the checkpoint's golden samples.
     *
     * @param maxAbsoluteError measured at export
     * @param tolerance what would have been refused beyond
     * @param samples how many were compared
     */
    public record Parity(double maxAbsoluteError, double tolerance, int samples) {
        /** Checks that the error is within the tolerance. */
        public Parity {
            check(tolerance >= 0, "parity.tolerance must be at least 0", tolerance);
            check(
                    maxAbsoluteError >= 0 && maxAbsoluteError <= tolerance,
                    "parity.maxAbsoluteError must be in 0..tolerance (" + tolerance + ")",
                    maxAbsoluteError);
            check(samples >= 1, "parity.samples must be at least 1", samples);
        }
    }

    /**
     * A measurement, which means nothing without its protocol.
     *
     * @param metric {@code fid}, {@code is}, …
     * @param value measured
     * @param deviation standard deviation over repeats, or null if there was one
     * @param protocol everything that another number must share to be compared: extractor, sample counts, data, …
     */
    public record Quality(String metric, double value, Double deviation, Map<String, String> protocol) {
        /** Checks that there is a protocol. */
        public Quality {
            require(metric, "quality.metric");
            check(Double.isFinite(value), "quality.value must be finite", value);
            check(protocol != null && !protocol.isEmpty(), "quality.protocol must be given", protocol);
            protocol = Collections.unmodifiableMap(new LinkedHashMap<>(protocol));
        }
    }

    /**
     * A file of the package.
     *
     * @param size in bytes
     * @param sha256 of its content, 64 lower-case hexadecimal digits
     */
    public record FileEntry(long size, String sha256) {
        /** Checks the form of both. */
        public FileEntry {
            check(size >= 0, "file size must be at least 0", size);
            check(sha256 != null && sha256.matches("[0-9a-f]{64}"), "sha256 must be 64 hexadecimal digits", sha256);
        }
    }

    static void check(boolean condition, String violated, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(violated + ", got " + found);
        }
    }

    private static void require(Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given");
        }
    }
}
