package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.Sha256;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of known content, gzipped or not (its first bytes tell, not its name), and checks length and SHA-256 on
 * the way. What is read counts only once {@link #finish} returned.
 */
final class CheckedFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String described;
    private final SourceFile expected;
    private final DigestInputStream in;
    private final boolean gzipped;
    private long found;

    private CheckedFile(String described, SourceFile expected, InputStream in, boolean gzipped) {
        this.gzipped = gzipped;
        this.described = described;
        this.expected = expected;
        this.in = new DigestInputStream(in, Sha256.digest());
    }

    static CheckedFile open(Path path, SourceFile expected) throws IOException {
        return open(Files.newInputStream(path), path.toString(), expected);
    }

    /**
     * @param source closed with this file, and if opening fails
     * @param described what errors call the file
     */
    static CheckedFile open(InputStream source, String described, SourceFile expected) throws IOException {
        var raw = new BufferedInputStream(source, BUFFER_BYTES);
        try {
            raw.mark(2);
            boolean gzipped = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            return new CheckedFile(
                    described, expected, gzipped ? new GZIPInputStream(raw, BUFFER_BYTES) : raw, gzipped);
        } catch (EOFException e) {
            raw.close();
            throw gzipCutShort(described, expected);
        } catch (IOException e) {
            raw.close();
            throw new IOException("%s is not readable: %s".formatted(described, e.getMessage()), e);
        }
    }

    /** Fills {@code length} bytes, or fails because the file ends before. */
    void read(byte[] target, int offset, int length) throws IOException {
        if (readUpTo(target, offset, length) < length) {
            throw cutShort();
        }
    }

    /** A big-endian number of four bytes. */
    int readInt() throws IOException {
        var bytes = new byte[4];
        read(bytes, 0, 4);
        return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    }

    /** Reads what is left and checks the whole. */
    void finish() throws IOException {
        copyTo(OutputStream.nullOutputStream());
    }

    /** Writes what is left to {@code out} and checks the whole. */
    void copyTo(OutputStream out) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (int read = buffer.length; read == buffer.length; ) {
            read = readUpTo(buffer, 0, buffer.length);
            out.write(buffer, 0, read);
        }
        if (found < expected.bytes()) {
            throw cutShort();
        }
        if (found > expected.bytes()) {
            throw new IOException("%s is too long: expected %d bytes%s, found %d"
                    .formatted(described, expected.bytes(), unpacked(), found));
        }
        String sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
        if (!sha256.equals(expected.sha256())) {
            throw new IOException("%s is altered: expected sha256 %s%s, found %s"
                    .formatted(described, expected.sha256(), unpacked(), sha256));
        }
    }

    /** Fails unless what the file says of itself is what its name promises. */
    void expect(String what, Object mustBe, Object is) throws IOException {
        if (!is.equals(mustBe)) {
            throw new IOException("%s is not the file its name says: expected %s %s, found %s"
                    .formatted(described, what, mustBe, is));
        }
    }

    private int readUpTo(byte[] target, int offset, int length) throws IOException {
        try {
            int read = in.readNBytes(target, offset, length);
            found += read;
            return read;
        } catch (EOFException e) {
            throw gzipCutShort(described, expected);
        } catch (ZipException e) {
            throw new IOException(
                    "%s is altered: expected the gzip form of %d bytes with sha256 %s, found broken gzip data (%s)"
                            .formatted(described, expected.bytes(), expected.sha256(), e.getMessage()));
        }
    }

    private IOException cutShort() {
        return new IOException("%s is cut short: expected %d bytes%s, found %d"
                .formatted(described, expected.bytes(), unpacked(), found));
    }

    private static IOException gzipCutShort(String described, SourceFile expected) {
        return new IOException("%s is cut short: expected %d bytes when unpacked, found gzip data that end before"
                .formatted(described, expected.bytes()));
    }

    private String unpacked() {
        return gzipped ? " when unpacked" : "";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
