package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.text.Suggestions;
import dev.ganzoo.zoo.visualize.LayerTargets;
import dev.ganzoo.zoo.visualize.Optimizer;
import dev.ganzoo.zoo.visualize.Space;
import dev.ganzoo.zoo.visualize.Spatial;
import dev.ganzoo.zoo.visualize.Start;
import dev.ganzoo.zoo.visualize.VisualizationRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@code POST …/visualize} asks for. Whatever reads or makes an image waits for {@link #request}.
 *
 * @param fields as they were sent
 * @param dream the image to dream of, or null
 * @param previewEvery after how many steps a stream shows the images, 0 for never
 */
record VisualizationAsked(Fields fields, SourceImage dream, int previewEvery) {
    private static final String ALL = "all";
    private static final int MOST_CHANNELS = 64;
    private static final int USUAL_FRAMES = 24;
    private static final List<String> UNITS = List.of("channels", "neuron", "direction", "dream");
    private static final List<String> STARTS = List.of("mean", "grey", "noise");
    private static final List<String> OWN = List.of(
            "classes",
            "layer",
            "channels",
            "neuron",
            "direction",
            "dream",
            "preset",
            "steps",
            "rate",
            "decay",
            "optimizer",
            "space",
            "spatial",
            "jitter",
            "scale",
            "rotation",
            "total_variation",
            "l2",
            "l3",
            "blur",
            "start",
            "seed",
            "frames",
            "preview_every");

    /** The fields there are. */
    static List<String> known() {
        return Stream.concat(OWN.stream(), SourceImage.FIELDS.stream()).toList();
    }

    /** @throws Problem if fields exclude each other */
    static VisualizationAsked read(Bodies.Upload upload, ServedModels models, Limits limits) {
        Fields fields = upload.fields();
        List<String> units = UNITS.stream().filter(fields::has).toList();
        if (units.size() > 1) {
            throw exclusive(units.get(1), units.get(0));
        }
        if (fields.has("classes") && fields.has("layer")) {
            throw exclusive("layer", "classes");
        }
        if (!units.isEmpty() && !fields.has("layer")) {
            throw new Problem(Type.INVALID_VALUE, units.get(0), units.get(0) + " needs layer, of which it is");
        }
        boolean dream = fields.flag("dream");
        boolean image = upload.image() != null || SourceImage.FIELDS.stream().anyMatch(fields::has);
        if (image && !dream) {
            throw new Problem(Type.INVALID_VALUE, "image", "an image needs dream, and a layer that dreams of it");
        }
        int every = fields.has("preview_every") ? fields.integer("preview_every") : 0;
        if (every < 0) {
            throw new Problem(Type.INVALID_VALUE, "preview_every", "preview_every must be at least 0, got " + every);
        }
        return new VisualizationAsked(fields, dream ? SourceImage.of(upload, models, limits) : null, every);
    }

    private static Problem exclusive(String one, String other) {
        return new Problem(Type.INVALID_VALUE, one, "%s cannot be given together with %s".formatted(one, other));
    }

    /** @throws Problem if the model does not have what is asked for, or it is too much */
    VisualizationRequest request(Classifier classifier, Limits limits) {
        try {
            VisualizationRequest request = options(target(classifier));
            return checked(request, classifier.network().shape(), limits);
        } catch (InvalidRequestException e) {
            throw problem(e);
        }
    }

    private VisualizationRequest target(Classifier classifier) {
        if (!fields.has("layer")) {
            return fields.has("classes") && !fields.is("classes", ALL)
                    ? classifier.visualize().classes(fields.classes("classes").toArray(String[]::new))
                    : classifier.visualize().classes();
        }
        LayerTargets layer = classifier.visualize().layer(fields.text("layer"));
        if (fields.has("neuron")) {
            List<Integer> at = fields.integers("neuron");
            if (at.size() != 3) {
                throw new Problem(
                        Type.INVALID_VALUE,
                        "neuron",
                        "neuron must be a channel, a row and a column, as [5, 0, 0], got %d numbers"
                                .formatted(at.size()));
            }
            return layer.neuron(at.get(0), at.get(1), at.get(2));
        }
        if (fields.has("direction")) {
            List<Double> weights = fields.doubles("direction");
            float[] direction = new float[weights.size()];
            for (int i = 0; i < direction.length; i++) {
                direction[i] = weights.get(i).floatValue();
            }
            return layer.direction(direction);
        }
        return dream != null ? layer.dream(dream.at(classifier.network().shape())) : channels(layer);
    }

    /** All of a small layer and the first of a large one, unless they are named: a list, or text such as 0-15,32. */
    private VisualizationRequest channels(LayerTargets layer) {
        int count = layer.layer().channels();
        if (!fields.has("channels")) {
            return layer.channelRange(0, Math.min(MOST_CHANNELS, count) - 1);
        }
        if (fields.is("channels", ALL)) {
            return layer.channels();
        }
        int[] channels = fields.isList("channels")
                ? fields.integers("channels").stream()
                        .mapToInt(Integer::intValue)
                        .toArray()
                : ranges(fields.classNamed("channels"), count);
        return layer.channels(channels);
    }

    private static int[] ranges(String text, int count) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .flatMapToInt(range -> range(range, text, count))
                .toArray();
    }

    private static IntStream range(String range, String text, int count) {
        if (!range.matches("\\d{1,6}(-\\d{1,6})?")) {
            throw new Problem(
                    Type.INVALID_VALUE,
                    "channels",
                    "channels must be a list of numbers, text such as \"0-15,32\", or \"all\", got \"%s\""
                            .formatted(text));
        }
        String[] ends = range.split("-");
        int first = Integer.parseInt(ends[0]), last = Integer.parseInt(ends[ends.length - 1]);
        if (last < first) {
            throw new Problem(Type.INVALID_VALUE, "channels", "a range must not end before it begins, got " + range);
        }
        // One beyond the last is enough for the layer to say what it has.
        return IntStream.rangeClosed(first, Math.min(last, Math.max(first, count)));
    }

    private VisualizationRequest options(VisualizationRequest target) {
        VisualizationRequest request = fields.has("preset") ? target.preset(fields.text("preset")) : target;
        for (String name : fields.names()) {
            request = option(request, name);
        }
        return request;
    }

    private VisualizationRequest option(VisualizationRequest request, String name) {
        return switch (name) {
            case "steps" -> request.steps(fields.integer(name));
            case "rate" -> request.rate(fields.number(name));
            case "decay" -> request.decay(fields.number(name));
            case "optimizer" -> request.optimizer(choice(name, Optimizer.class));
            case "space" -> request.space(choice(name, Space.class));
            case "spatial" -> request.spatial(choice(name, Spatial.class));
            case "jitter" -> request.jitter(fields.integer(name));
            case "scale" -> request.scale(fields.number(name));
            case "rotation" -> request.rotation(fields.number(name));
            case "total_variation" -> request.totalVariation(fields.number(name));
            case "l2" -> request.l2(fields.number(name));
            case "l3" -> request.l3(fields.number(name));
            case "blur" -> request.blur(fields.number(name));
            case "start" -> request.start(start());
            case "seed" -> request.seed(fields.whole(name));
            default -> request;
        };
    }

    private Start start() {
        return switch (fields.text("start")) {
            case "mean" -> Start.mean();
            case "grey" -> Start.grey();
            case "noise" -> Start.noise();
            default ->
                throw new Problem(
                        Type.INVALID_VALUE, "start", Suggestions.unknown("start", fields.text("start"), STARTS));
        };
    }

    private <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = fields.text(name);
        List<String> known = Stream.of(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(text)) {
            throw new Problem(Type.INVALID_VALUE, name, Suggestions.unknown(name, text, known));
        }
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private VisualizationRequest checked(VisualizationRequest request, ImageShape shape, Limits limits) {
        Limits.Study study = limits.study();
        if (request.count() > study.images()) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    fields.has("layer") ? "channels" : "classes",
                    "images of one visualization must be at most %d, got %d"
                            .formatted(study.images(), request.count()));
        }
        long passes = (long) request.steps() * request.count();
        if (passes > study.passes()) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    "steps",
                    "steps times images must be at most %d, got %d × %d"
                            .formatted(study.passes(), request.steps(), request.count()));
        }
        // A frame is drawn larger than its images are: at least 96 pixels wide, and with a title.
        long tile = Math.max(shape.width(), 2L * 96) * (Math.max(shape.height(), 2L * 96) + 16);
        int most = (int) Math.max(2, Math.min(1000, 4 * limits.pixels() / (tile * request.count())));
        int frames = fields.has("frames") ? fields.integer("frames") : Math.min(USUAL_FRAMES, most);
        if (frames > most) {
            throw new Problem(
                    Type.LIMIT_EXCEEDED,
                    "frames",
                    "frames of %d images must be at most %d, got %d".formatted(request.count(), most, frames));
        }
        return request.frames(frames);
    }

    /** By the names of the API. */
    private Problem problem(InvalidRequestException e) {
        String field = switch (e.option()) {
            case "class" -> "classes";
            case "target", "channel" -> fields.has("neuron") ? "neuron" : "channels";
            case "row", "column" -> "neuron";
            default -> Names.toApi(e.option());
        };
        Type type = e.option().equals("class") ? Type.UNKNOWN_CLASS : Type.INVALID_VALUE;
        return new Problem(type, field, e.getMessage().replace("totalVariation", "total_variation"));
    }
}
