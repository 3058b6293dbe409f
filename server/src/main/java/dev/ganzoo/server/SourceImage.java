package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Sample;
import dev.ganzoo.zoo.SampleRequest;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Pictures;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The image that a request is about: sent with it, bundled, or made by a generator. Reading or making it is work, and so
 * is left to {@link #at}.
 */
abstract class SourceImage {
    /** The fields that name one; exactly one of them is to be given. */
    static final List<String> FIELDS = List.of("image", "sample", "generate");

    private static final List<String> FORMATS = List.of("png", "jpeg", "bmp", "gif");
    private static final List<String> GENERATE = List.of("model", "class", "seed", "index", "truncation");

    private SourceImage() {}

    /** The image at the size and with the channels that a classifier takes, {@code (1, C, H, W)} in [0, 1]. */
    final Tensor at(ImageShape shape) {
        return Pictures.of(picture(), shape);
    }

    /** For the answer: where the image was from. */
    abstract ObjectNode describe();

    abstract BufferedImage picture();

    /** @throws Problem if there is not one image */
    static SourceImage of(Bodies.Upload upload, ServedModels models, Limits limits) {
        Fields fields = upload.fields();
        List<String> given = FIELDS.stream()
                .filter(field -> fields.has(field) || field.equals("image") && upload.image() != null)
                .toList();
        if (given.size() != 1 || upload.image() != null && fields.has("image")) {
            throw new Problem(
                    Type.INVALID_VALUE,
                    given.isEmpty() ? "image" : given.get(given.size() - 1),
                    "there must be exactly one of image, sample and generate, got "
                            + (given.isEmpty() ? "none" : String.join(" and ", given)));
        }
        if (upload.image() != null) {
            return uploaded(upload.image(), limits);
        }
        return switch (given.get(0)) {
            case "sample" -> bundled(fields.text("sample"));
            case "generate" -> generated(fields.object("generate", GENERATE), models);
            default -> uploaded(decoded(fields.text("image")), limits);
        };
    }

    private static SourceImage uploaded(byte[] file, Limits limits) {
        return new SourceImage() {
            private BufferedImage read;

            @Override
            ObjectNode describe() {
                return Json.object()
                        .put("width", picture().getWidth())
                        .put("height", picture().getHeight());
            }

            @Override
            BufferedImage picture() {
                if (read == null) {
                    read = decode(file, limits);
                }
                return read;
            }
        };
    }

    private static SourceImage bundled(String name) {
        byte[] png = SampleImages.png(name);
        return new SourceImage() {
            @Override
            ObjectNode describe() {
                return Json.object().put("sample", name);
            }

            @Override
            BufferedImage picture() {
                return decode(png, Limits.DEFAULT);
            }
        };
    }

    private static SourceImage generated(Fields fields, ServedModels models) {
        if (!fields.has("model")) {
            throw new Problem(Type.INVALID_VALUE, "generate.model", "generate.model must name a generator");
        }
        ServedModel model = models.named(fields.text("model"), "generate.model");
        Generator generator = model.generator();
        SampleRequest request = generator.sample(1);
        if (fields.has("class")) {
            request = Asked.ofClass(request, fields.classNamed("class"));
        }
        if (fields.has("seed") && fields.whole("seed") != Asked.RANDOM) {
            request = request.seed(fields.whole("seed"));
        }
        if (fields.has("index")) {
            request = request.firstIndex(fields.whole("index"));
        }
        if (fields.has("truncation")) {
            request = request.truncated(fields.truncation("truncation"));
        }
        return new Generated(model, request);
    }

    private static final class Generated extends SourceImage {
        private final ServedModel model;
        private final SampleRequest request;
        private Sample made;

        private Generated(ServedModel model, SampleRequest request) {
            this.model = model;
            this.request = request;
        }

        @Override
        ObjectNode describe() {
            Sample sample = sample();
            ObjectNode source = Json.object();
            ObjectNode generated = source.putObject("generate");
            generated.put("model", model.name()).put("revision", model.revision());
            if (sample.label() >= 0) {
                generated.put("class", model.card().labels().get(sample.label()));
            }
            generated.put("seed", request.seed()).put("index", sample.index());
            generated.put("truncation", request.truncation().toString());
            return source;
        }

        @Override
        BufferedImage picture() {
            return sample().image();
        }

        private Sample sample() {
            if (made == null) {
                made = request.stream().findFirst().orElseThrow();
            }
            return made;
        }
    }

    private static byte[] decoded(String text) {
        String base64 = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw notAnImage("image must be the bytes of a file in base64: " + e.getMessage());
        }
    }

    /** Looks at the size first: a small file may claim to be a huge picture. */
    private static BufferedImage decode(byte[] file, Limits limits) {
        int most = limits.study().side();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            ImageReader reader = readers.hasNext() ? readers.next() : null;
            if (reader == null || !FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                throw notAnImage("image must be a PNG, JPEG, BMP or GIF file, got %d bytes of something else"
                        .formatted(file.length));
            }
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0), height = reader.getHeight(0);
                if (width > most || height > most) {
                    throw new Problem(
                            Type.LIMIT_EXCEEDED,
                            "image",
                            "image must be at most %d × %d pixels, got %d × %d".formatted(most, most, width, height));
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw notAnImage("image does not read: " + e.getMessage());
        }
    }

    private static Problem notAnImage(String detail) {
        return new Problem(Type.INVALID_VALUE, "image", detail);
    }
}
