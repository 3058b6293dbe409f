package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, as the HTML standard has them: a name and a line of JSON each. */
final class EventStream {
    private final HttpServletResponse response;
    private boolean open = true;

    EventStream(Context ctx) {
        ctx.header("Cache-Control", "no-store").contentType(Format.EVENTS.mediaType() + ";charset=utf-8");
        response = ctx.res();
    }

    /** @return whether there is still someone to tell */
    boolean send(String event, ObjectNode data) {
        if (open) {
            try {
                // Not the context's own stream, which keeps what it is given.
                OutputStream out = response.getOutputStream();
                out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
                out.write(Json.write(data));
                out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
            } catch (IOException e) {
                open = false;
            }
        }
        return open;
    }
}
