package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.InvalidRequestException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a problem document (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, ctx) -> answer(problem, ctx));
        routes.exception(InvalidRequestException.class, (e, ctx) -> answer(of(e), ctx));
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(of(e, ctx), ctx));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            answer(internal(), ctx);
        });
    }

    /** What is wrong with a request, by the option's name in the HTTP API. */
    static Problem of(InvalidRequestException e) {
        String field = e.option().equals("firstIndex") ? "index" : e.option();
        return new Problem(Type.INVALID_VALUE, field, e.getMessage());
    }

    private static Problem of(HttpResponseException e, Context ctx) {
        return ofStatus(e.getStatus(), ctx.method() + " " + ctx.path());
    }

    private static Problem ofStatus(int status, String request) {
        return switch (status) {
            case 404 -> new Problem(Type.NOT_FOUND, "nothing is at " + request + "; see GET /v1/models");
            case 405 -> new Problem(Type.METHOD_NOT_ALLOWED, "there is something at this path, but not for " + request);
            case 413 -> new Problem(Type.BODY_TOO_LARGE, "the body is too large");
            case 503 -> stopping();
            default ->
                status < 500
                        ? new Problem(Type.BAD_REQUEST, "the request is not well-formed http or too large")
                        : internal();
        };
    }

    static Problem stopping() {
        return new Problem(Type.UNAVAILABLE, "the server is stopping");
    }

    private static Problem internal() {
        return new Problem(Type.INTERNAL, "an error of the server, described in its log");
    }

    private static void answer(Problem problem, Context ctx) {
        Type type = problem.type();
        ctx.status(type.status()).header("Cache-Control", "no-store");
        if (type == Type.OVERLOADED || type == Type.UNAVAILABLE) {
            ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        ctx.contentType(MEDIA_TYPE).result(document(problem));
    }

    /** For what Java itself throws: no memory, no stack. */
    static void answerError(HttpServletResponse response, Error error) {
        LOG.error("a request failed", error);
        byte[] document = document(internal());
        response.setStatus(Type.INTERNAL.status());
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(document.length);
        try {
            response.getOutputStream().write(document);
        } catch (IOException e) {
            LOG.debug("the client went away", e);
        }
    }

    /** The content of the document that tells what went wrong. */
    static ObjectNode describe(RuntimeException e) {
        if (e instanceof Problem problem) {
            return describe(problem);
        }
        if (e instanceof InvalidRequestException invalid) {
            return describe(of(invalid));
        }
        LOG.error("a request failed", e);
        return describe(internal());
    }

    private static byte[] document(Problem problem) {
        return Json.write(describe(problem));
    }

    private static ObjectNode describe(Problem problem) {
        ObjectNode document = Json.object();
        document.put("type", problem.type().uri());
        document.put("title", problem.type().title());
        document.put("status", problem.type().status());
        document.put("detail", problem.getMessage());
        if (problem.field() != null) {
            document.put("field", problem.field());
        }
        return document;
    }

    /** For what fails before a route is reached, or beside it: a malformed address, a request while stopping. */
    static final class ForJetty extends ErrorHandler {
        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request, Response response, int code, String message, Throwable cause, Callback callback)
                throws IOException {
            if (cause != null && code >= 500 && code != 503) {
                LOG.error("{} {} failed", request.getMethod(), request.getHttpURI(), cause);
            }
            Problem problem = ofStatus(
                    code, request.getMethod() + " " + request.getHttpURI().getPath());
            response.setStatus(problem.type().status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, MEDIA_TYPE).put("X-Content-Type-Options", "nosniff");
            response.write(true, ByteBuffer.wrap(document(problem)), callback);
        }
    }
}
