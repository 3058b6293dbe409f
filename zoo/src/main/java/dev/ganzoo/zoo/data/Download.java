package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Downloads one file over HTTP. */
final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPORTS = 200;

    private Download() {}

    /** @throws IOException if the server cannot be reached, answers other than 200, or the bytes end early */
    static void to(Path path, URI uri, DownloadListener listener) throws IOException {
        HttpResponse<InputStream> response = request(uri);
        long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("download of %s failed: expected HTTP status 200, got %d"
                        .formatted(uri, response.statusCode()));
            }
            try (OutputStream out = Files.newOutputStream(path)) {
                copy(in, out, uri, total, listener);
            }
        }
    }

    private static HttpResponse<InputStream> request(URI uri) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build();
        try {
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("download of %s was interrupted".formatted(uri));
        } catch (ConnectException e) {
            throw new IOException("download of %s failed: cannot connect to %s".formatted(uri, uri.getHost()), e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("download of %s failed: %s".formatted(uri, reason), e);
        }
    }

    private static void copy(InputStream in, OutputStream out, URI uri, long total, DownloadListener listener)
            throws IOException {
        String file = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
        long step = Math.max(1 << 20, total / REPORTS);
        long done = 0;
        long reported = 0;
        var buffer = new byte[1 << 16];
        listener.progress(file, 0, total);
        for (int read = receive(in, buffer, uri, total, done); read >= 0; ) {
            out.write(buffer, 0, read);
            done += read;
            if (done - reported >= step && done != total) {
                listener.progress(file, done, total);
                reported = done;
            }
            read = receive(in, buffer, uri, total, done);
        }
        listener.progress(file, done, total);
    }

    /** A connection that breaks and one that ends early look alike from here: both leave bytes missing. */
    private static int receive(InputStream in, byte[] buffer, URI uri, long total, long done) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            String expected = total < 0 ? "more" : "%d bytes".formatted(total);
            throw new IOException(
                    "download of %s was cut short: expected %s, got %d bytes".formatted(uri, expected, done), e);
        }
    }
}
