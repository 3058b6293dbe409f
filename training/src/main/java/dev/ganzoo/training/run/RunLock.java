package dev.ganzoo.training.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one process that writes to a run directory; the operating system frees it however the process ends. */
final class RunLock implements AutoCloseable {
    static final String NAME = ".lock";

    private static final int MAX_OWNER_BYTES = 64;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock acquire(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean acquired = false;
        try {
            acquired = tryLock(channel);
            if (!acquired) {
                throw new IOException(folder + " must not be written by two processes, but process " + owner(channel)
                        + " is training in it; stop that one first or choose another folder");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new RunLock(channel);
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            // One byte far beyond the content: Windows lets nobody else read what is locked.
            FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(owner, 0);
        return StandardCharsets.US_ASCII.decode(owner.flip()).toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
