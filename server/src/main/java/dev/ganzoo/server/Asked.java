package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.ImageRequest;
import dev.ganzoo.zoo.InterpolationRequest;
import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.SampleRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the body of {@code POST …/sample} asks for.
 *
 * @param request images of a generator
 * @param seeds that the images come from, given or drawn: one of samples, one or more of an interpolation
 * @param columns of the grid; 0 for as many as suit the request
 * @param latents whether to tell what the images were made from
 */
record Asked(ImageRequest request, List<Long> seeds, int columns, boolean latents) {
    /** Stands for a seed to be drawn, as in other services. */
    static final long RANDOM = -1;

    private static final List<String> KNOWN = List.of(
            "count",
            "class",
            "classes",
            "each_class",
            "blend",
            "truncation",
            "seed",
            "index",
            "scale",
            "columns",
            "latents",
            "frames",
            "seeds",
            "loop");
    private static final List<String> CLASSES = List.of("class", "classes", "each_class", "blend");
    private static final List<String> ONLY_SAMPLES = List.of("count", "index", "each_class", "blend");
    private static final List<String> ONLY_FRAMES = List.of("seeds", "loop");

    /** @throws Problem if the body does not read, or asks what the model or the server cannot do */
    static Asked read(byte[] body, Generator generator, Limits limits) {
        Fields fields = Fields.read(body, KNOWN);
        together(fields, CLASSES);
        together(fields, List.of("seed", "seeds"));
        boolean moving = fields.has("frames");
        for (String field : moving ? ONLY_SAMPLES : ONLY_FRAMES) {
            if (fields.has(field)) {
                String reason = moving ? "cannot be given together with frames" : "needs frames, how many to make";
                throw new Problem(Type.INVALID_VALUE, field, field + " " + reason);
            }
        }
        int columns = fields.has("columns") ? fields.integer("columns") : 0;
        if (fields.has("columns") && columns < 1) {
            throw new Problem(Type.INVALID_VALUE, "columns", "columns must be at least 1, got " + columns);
        }
        Asked asked = moving ? frames(fields, generator, columns) : samples(fields, generator, columns);
        int scale = fields.has("scale") ? fields.integer("scale") : 1;
        limits.check(
                asked.request,
                moving ? "frames" : "count",
                scale,
                generator.card().image());
        return asked;
    }

    private static Asked samples(Fields fields, Generator generator, int columns) {
        SampleRequest request = generator.sample(fields.has("count") ? fields.integer("count") : 1);
        request = classes(request, fields);
        if (fields.has("truncation")) {
            request = request.truncated(fields.truncation("truncation"));
        }
        if (fields.has("seed") && fields.whole("seed") != RANDOM) {
            request = request.seed(fields.whole("seed"));
        }
        if (fields.has("index")) {
            request = request.firstIndex(fields.whole("index"));
        }
        if (fields.has("scale")) {
            request = request.scale(fields.integer("scale"));
        }
        return new Asked(request, List.of(request.seed()), columns, fields.flag("latents"));
    }

    private static SampleRequest classes(SampleRequest request, Fields fields) {
        if (fields.has("class")) {
            return ofClass(request, fields.classNamed("class"));
        }
        if (fields.has("classes")) {
            String[] classes = fields.classes("classes").toArray(String[]::new);
            return option(Type.UNKNOWN_CLASS, "classes", () -> request.ofClasses(classes));
        }
        if (fields.flag("each_class")) {
            return option(Type.INVALID_VALUE, "each_class", request::eachClass);
        }
        if (fields.has("blend")) {
            return option(Type.INVALID_VALUE, "blend", () -> request.blend(fields.numbers("blend")));
        }
        return request;
    }

    /** @throws Problem if the model does not have the class */
    static SampleRequest ofClass(SampleRequest request, String nameOrIndex) {
        return option(Type.UNKNOWN_CLASS, "class", () -> request.ofClass(nameOrIndex));
    }

    private static Asked frames(Fields fields, Generator generator, int columns) {
        InterpolationRequest request = generator.interpolate(fields.integer("frames"));
        if (fields.has("seeds")) {
            request = request.seeds(
                    fields.wholes("seeds").stream().mapToLong(Long::longValue).toArray());
        } else if (fields.has("seed") && fields.whole("seed") != RANDOM) {
            request = request.seeds(fields.whole("seed"));
        }
        InterpolationRequest seeded = request;
        if (fields.has("class")) {
            String named = fields.classNamed("class");
            request = option(Type.UNKNOWN_CLASS, "class", () -> seeded.ofClass(named));
        } else if (fields.has("classes")) {
            String[] named = fields.classes("classes").toArray(String[]::new);
            request = option(Type.UNKNOWN_CLASS, "classes", () -> seeded.ofClasses(named));
        }
        if (fields.has("truncation")) {
            request = request.truncated(fields.truncation("truncation"));
        }
        if (fields.has("scale")) {
            request = request.scale(fields.integer("scale"));
        }
        request = fields.flag("loop") ? request.loop() : request;
        return new Asked(request, request.seeds(), columns, fields.flag("latents"));
    }

    /** Calls what the field asks for; a refusal names the field as it is called here. */
    private static <T> T option(Type type, String field, Supplier<T> option) {
        try {
            return option.get();
        } catch (InvalidRequestException e) {
            throw new Problem(type, field, e.getMessage());
        }
    }

    private static void together(Fields fields, List<String> exclusive) {
        Stream<String> given = exclusive.stream().filter(fields::has);
        List<String> names = given.toList();
        if (names.size() > 1) {
            throw new Problem(
                    Type.INVALID_VALUE,
                    names.get(1),
                    "%s cannot be given together with %s".formatted(names.get(1), names.get(0)));
        }
    }
}
