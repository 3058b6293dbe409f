package dev.ganzoo.training.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records as TensorFlow frames them: length, masked CRC of the length, content, masked CRC of the content;
 * all little-endian. A record is handed to the operating system in one piece.
 */
final class RecordFile implements AutoCloseable {
    private static final int MASK_DELTA = 0xA282EAD8;

    private final FileChannel channel;

    private RecordFile(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws java.nio.file.FileAlreadyExistsException if there is such a file */
    static RecordFile create(Path file) throws IOException {
        return new RecordFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    void append(byte[] content) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + content.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(content.length);
        record.putInt(maskedCrc(record.array(), Long.BYTES)).put(content).putInt(maskedCrc(content, content.length));
        AtomicFiles.writeFully(channel, record.flip());
    }

    /** Masked, since the CRC of bytes that contain their own CRC tells little. */
    static int maskedCrc(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
