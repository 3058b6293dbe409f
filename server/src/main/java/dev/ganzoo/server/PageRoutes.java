package dev.ganzoo.server;

import dev.ganzoo.zoo.files.Sha256;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The pages and the files they are made of. */
final class PageRoutes {
    private PageRoutes() {}

    static void register(RoutesConfig routes) {
        register(routes, "/", "index.html", "text/html; charset=utf-8");
        register(routes, "/attack", "attack.html", "text/html; charset=utf-8");
        register(routes, "/attack.js", "attack.js", "text/javascript; charset=utf-8");
        register(routes, "/visualize", "visualize.html", "text/html; charset=utf-8");
        register(routes, "/visualize.js", "visualize.js", "text/javascript; charset=utf-8");
        register(routes, "/common.js", "common.js", "text/javascript; charset=utf-8");
        register(routes, "/studio.css", "studio.css", "text/css; charset=utf-8");
        register(routes, "/studio.js", "studio.js", "text/javascript; charset=utf-8");
        register(routes, "/favicon.svg", "favicon.svg", "image/svg+xml");
        // Where browsers look when they show an answer that is no page of ours, such as an image or JSON.
        register(routes, "/favicon.ico", "favicon.svg", "image/svg+xml");
    }

    private static void register(RoutesConfig routes, String path, String resource, String mediaType) {
        byte[] content = read(resource);
        String etag = Routes.etag(Sha256.of(content));
        Routes.getAndHead(routes, path, ctx -> {
            ctx.header("ETag", etag).header("Cache-Control", "no-cache");
            if (Routes.matches(ctx, etag)) {
                ctx.status(304);
            } else {
                ctx.contentType(mediaType).result(content);
            }
        });
    }

    private static byte[] read(String resource) {
        try (InputStream in = PageRoutes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource %s is missing beside %s".formatted(resource, PageRoutes.class));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
