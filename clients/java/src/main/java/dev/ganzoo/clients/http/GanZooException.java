package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;

/** The server's refusal: what its problem document (RFC 9457) says. The message is the document's detail. */
public final class GanZooException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String type;
    private final int status;
    private final String field;

    GanZooException(String type, int status, String field, String detail) {
        super(detail);
        this.type = type;
        this.status = status;
        this.field = field;
    }

    /** By a problem document. */
    static GanZooException of(JsonNode problem, int status) {
        return new GanZooException(
                problem.path("type").asText("about:blank"),
                status,
                problem.path("field").asText(null),
                problem.path("detail").asText("the server answered " + status));
    }

    /** The stable kind of problem, as {@code urn:ganzoo:problem:unknown-class}; {@code about:blank} if none was told. */
    public String type() {
        return type;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The field or parameter of the request that is at fault; null if no single one is. */
    public String field() {
        return field;
    }

    /** What is wrong, what was found, and often what would be right. */
    public String detail() {
        return getMessage();
    }
}
