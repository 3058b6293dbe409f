package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** How the files of a published dataset hold its images: one constant a format. */
enum Format {
    /**
     * CIFAR-10's binary version: records of one label byte and 3,072 pixel bytes (3, 32, 32).
     *
     * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky 2009</a>
     */
    CIFAR {
        @Override
        Dataset read(PublishedDataset published, Split split, List<Path> paths) throws IOException {
            var shape = new Dataset.Shape(3, 32, 32);
            int record = 1 + shape.values();
            List<SourceFile> files = published.files(split);
            int count = (int)
                    files.stream().mapToLong(file -> file.bytes() / record).sum();
            var pixels = new PixelStore(count, shape.values());
            var labels = new byte[count];
            int next = 0;
            for (int f = 0; f < files.size(); f++) {
                try (var file = CheckedFile.open(paths.get(f), files.get(f))) {
                    for (long i = files.get(f).bytes() / record; i > 0; i--, next++) {
                        file.read(labels, next, 1);
                        file.read(pixels.array(next), pixels.offset(next), shape.values());
                    }
                    file.finish();
                }
            }
            return published.dataset(split, shape, false, unsigned(labels), pixels);
        }
    },

    /**
     * MNIST's IDX: a file of images (1, 28, 28) and one of labels, each a big-endian header and bytes. The images lie
     * on black.
     *
     * @see <a href="https://yann.lecun.org/exdb/mnist/index.html">LeCun, Cortes and Burges 1998</a>
     */
    IDX {
        @Override
        Dataset read(PublishedDataset published, Split split, List<Path> paths) throws IOException {
            var shape = new Dataset.Shape(1, 28, 28);
            List<SourceFile> files = published.files(split);
            int count = (int) ((files.get(0).bytes() - 16) / shape.values());
            var pixels = new PixelStore(count, shape.values());
            try (var file = CheckedFile.open(paths.get(0), files.get(0))) {
                file.expect("magic", "0x00000803", "0x%08x".formatted(file.readInt()));
                file.expect("images", count, file.readInt());
                file.expect("rows", shape.height(), file.readInt());
                file.expect("columns", shape.width(), file.readInt());
                for (int i = 0; i < count; i++) {
                    file.read(pixels.array(i), pixels.offset(i), shape.values());
                }
                file.finish();
            }
            var labels = new byte[count];
            try (var file = CheckedFile.open(paths.get(1), files.get(1))) {
                file.expect("magic", "0x00000801", "0x%08x".formatted(file.readInt()));
                file.expect("labels", count, file.readInt());
                file.read(labels, 0, count);
                file.finish();
            }
            return published.dataset(split, shape, true, unsigned(labels), pixels);
        }
    };

    /**
     * Reads one split.
     *
     * @param paths where each of the split's files was found, in their order
     * @throws IOException if a file is cut short, altered, or another than its name says
     */
    abstract Dataset read(PublishedDataset published, Split split, List<Path> paths) throws IOException;

    private static int[] unsigned(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
    }
}
