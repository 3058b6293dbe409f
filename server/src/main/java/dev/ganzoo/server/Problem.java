package dev.ganzoo.server;

import java.util.Locale;

/** What an answer tells when it is not the one asked for: the content of an RFC 9457 problem document. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Type type;
    private final String field;

    /** The kinds of problems; their names are part of the API. */
    enum Type {
        INVALID_JSON(400, "The body is not JSON"),
        INVALID_VALUE(400, "A value is not allowed"),
        UNKNOWN_FIELD(400, "No such field"),
        UNKNOWN_PARAMETER(400, "No such query parameter"),
        UNKNOWN_CLASS(400, "The model has no such class"),
        WRONG_TASK(400, "The model is of another kind"),
        LIMIT_EXCEEDED(400, "More is asked for than this server gives in one answer"),
        BAD_REQUEST(400, "Not a request that this server understands"),
        UNKNOWN_MODEL(404, "No such model"),
        UNKNOWN_REVISION(404, "No such revision of the model"),
        UNKNOWN_SAMPLE(404, "No such sample image"),
        UNKNOWN_VISUALIZATION(404, "No such visualization, or not any more"),
        NO_PREVIEW(404, "The model has no preview"),
        NOT_FOUND(404, "Nothing here"),
        METHOD_NOT_ALLOWED(405, "Not with this method"),
        NOT_ACCEPTABLE(406, "Not in any form that is accepted"),
        BODY_TOO_LARGE(413, "The body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "The body must be of another type"),
        INTERNAL(500, "The server failed"),
        OVERLOADED(503, "Too much is asked at once"),
        MODEL_UNAVAILABLE(503, "The model cannot be used"),
        UNAVAILABLE(503, "The server is starting or stopping"),
        TIME_LIMIT(504, "It took longer than this server computes for one answer");

        private final int status;
        private final String title;

        Type(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        /** For instance {@code urn:ganzoo:problem:unknown-class}. */
        String uri() {
            return "urn:ganzoo:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Problem(Type type, String detail) {
        this(type, null, detail);
    }

    /** @param field of the body, or query or path parameter, that is at fault; or null */
    Problem(Type type, String field, String detail) {
        super(detail, null, false, false);
        this.type = type;
        this.field = field;
    }

    Type type() {
        return type;
    }

    String field() {
        return field;
    }
}
