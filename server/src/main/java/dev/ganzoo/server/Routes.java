package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.Sha256;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What all routes need. */
final class Routes {
    private static final int ETAG_DIGITS = 32;

    private Routes() {}

    /** HEAD runs the same handler; Jetty sends its headers and leaves out the body. */
    static void getAndHead(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    static void json(Context ctx, ObjectNode answer) {
        ctx.header("Cache-Control", "no-cache")
                .contentType(Format.JSON.mediaType())
                .result(Json.write(answer));
    }

    /** A strong entity tag: a hash of all that the bytes depend on. */
    static String etag(Object... dependencies) {
        byte[] all = String.join(
                        "\n", Arrays.stream(dependencies).map(String::valueOf).toList())
                .getBytes(StandardCharsets.UTF_8);
        return '"' + Sha256.of(all).substring(0, ETAG_DIGITS) + '"';
    }

    /** Whether the client has what {@code etag} stands for, by its {@code If-None-Match}. */
    static boolean matches(Context ctx, String etag) {
        String known = ctx.header("If-None-Match");
        return known != null
                && Arrays.stream(known.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
