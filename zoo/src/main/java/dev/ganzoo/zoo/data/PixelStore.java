package dev.ganzoo.zoo.data;

/**
 * The pixels of many images of one size, each as consecutive bytes within one of few large arrays: more than one array,
 * since a Java array ends at 2 GiB. Threads may fill different images at the same time.
 */
final class PixelStore {
    private static final int CHUNK_BYTES = 1 << 28;

    private final int count;
    private final int imageBytes;
    private final int imagesPerChunk;
    private final byte[][] chunks;

    PixelStore(int count, int imageBytes) {
        this(count, imageBytes, CHUNK_BYTES);
    }

    PixelStore(int count, int imageBytes, int chunkBytes) {
        this.count = count;
        this.imageBytes = imageBytes;
        this.imagesPerChunk = Math.max(1, chunkBytes / imageBytes);
        this.chunks = new byte[(count + imagesPerChunk - 1) / imagesPerChunk][];
        for (int i = 0; i < chunks.length; i++) {
            int images = Math.min(imagesPerChunk, count - i * imagesPerChunk);
            chunks[i] = new byte[Math.multiplyExact(images, imageBytes)];
        }
    }

    int count() {
        return count;
    }

    int imageBytes() {
        return imageBytes;
    }

    /** The array that holds image {@code index}, from {@link #offset} on. */
    byte[] array(int index) {
        return chunks[index / imagesPerChunk];
    }

    int offset(int index) {
        return index % imagesPerChunk * imageBytes;
    }
}
