package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What requests bring. */
final class Bodies {
    private static final String IMAGE = "image";
    private static final String FORM = "multipart/form-data";
    private static final String MULTIPART_CONFIG = "org.eclipse.jetty.multipartConfig";

    private Bodies() {}

    /**
     * Fields, and an image beside them.
     *
     * @param image the bytes of a file; null if none was sent as such
     */
    record Upload(Fields fields, byte[] image) {}

    /**
     * A body of JSON.
     *
     * @param most bytes
     * @throws Problem if it is of another type, or larger
     */
    static byte[] json(Context ctx, int most) {
        String type = ctx.header("Content-Type");
        if (type != null && !mediaType(type).equals(Format.JSON.mediaType())) {
            throw unsupported("application/json", type);
        }
        return read(ctx, most);
    }

    /**
     * JSON with fields; or an image file as the body, with fields as query parameters; or a form with both.
     *
     * @param most bytes
     * @throws Problem if it is none of these, or larger, or has fields that are not {@code known}
     */
    static Upload upload(Context ctx, List<String> known, int most) {
        String type = mediaType(ctx.header("Content-Type"));
        if (type.startsWith("image/")) {
            return new Upload(Fields.ofTexts(query(ctx, known), known), read(ctx, most));
        }
        Parameters.of(ctx);
        if (type.equals(FORM)) {
            return form(ctx, known, most);
        }
        if (!type.isEmpty() && !type.equals(Format.JSON.mediaType())) {
            throw unsupported("application/json, %s or an image's".formatted(FORM), type);
        }
        return new Upload(Fields.read(read(ctx, most), known), null);
    }

    private static Map<String, String> query(Context ctx, List<String> known) {
        Parameters parameters = Parameters.of(ctx, known.toArray(String[]::new));
        Map<String, String> texts = new LinkedHashMap<>();
        known.forEach(name -> parameters.text(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static Upload form(Context ctx, List<String> known, int most) {
        if (ctx.contentLength() < 0) {
            throw new Problem(Type.BAD_REQUEST, "Content-Length", "a form must tell its length");
        }
        if (ctx.contentLength() > most) {
            throw tooLarge(most);
        }
        // Nothing is put into files: parts are no larger than the body, which is bounded.
        ctx.req().setAttribute(MULTIPART_CONFIG, new MultipartConfigElement("", most, most, most));
        Map<String, String> texts = new LinkedHashMap<>();
        byte[] image = null;
        try {
            for (Part part : ctx.req().getParts()) {
                boolean first = part.getSubmittedFileName() == null
                        ? texts.putIfAbsent(part.getName(), text(part)) == null
                        : part.getName().equals(IMAGE) && image == null;
                if (!first) {
                    throw new Problem(
                            Type.INVALID_VALUE,
                            part.getName(),
                            "a form must have each field once, and one file named image, got another "
                                    + part.getName());
                }
                image = part.getSubmittedFileName() == null ? image : content(part);
            }
        } catch (ServletException | IOException | IllegalStateException e) {
            throw new Problem(Type.BAD_REQUEST, "the form does not read");
        }
        return new Upload(Fields.ofTexts(texts, known), image);
    }

    private static String text(Part part) throws IOException {
        return new String(content(part), StandardCharsets.UTF_8);
    }

    private static byte[] content(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /** Reads no more than the limit, however much is sent. */
    private static byte[] read(Context ctx, int most) {
        try (InputStream in = ctx.bodyInputStream()) {
            byte[] body = in.readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(most);
            }
            return body;
        } catch (IOException e) {
            throw new Problem(Type.BAD_REQUEST, "the body was not received whole");
        }
    }

    private static Problem tooLarge(int most) {
        return new Problem(Type.BODY_TOO_LARGE, "the body must have at most %d bytes, got more".formatted(most));
    }

    private static String mediaType(String header) {
        return header == null
                ? ""
                : header.toLowerCase(Locale.ROOT).split(";")[0].strip();
    }

    private static Problem unsupported(String expected, String found) {
        return new Problem(
                Type.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type",
                "content type must be %s, got %s; with curl add -H 'Content-Type: application/json'"
                        .formatted(expected, found));
    }
}
