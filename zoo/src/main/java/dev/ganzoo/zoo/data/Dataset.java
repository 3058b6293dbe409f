package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Labelled images of one size, held in memory as bytes 0..255 in the order (C, H, W): one plane a channel (red, green,
 * blue; or grey), row by row.
 *
 * <p>Immutable and safe for use by several threads. Pixels exist once: {@link #limit} shares them, and whoever wants
 * some gets them copied.
 */
public final class Dataset {
    /** The shape of every image: channels (1 or 3), height and width in pixels. */
    record Shape(int channels, int height, int width) {
        int values() {
            return channels * height * width;
        }
    }

    private final String name;
    private final Split split;
    private final List<String> classNames;
    private final Shape shape;
    private final boolean blackMargin;
    private final int[] labels;
    private final PixelStore pixels;
    private final int size;
    private volatile String fingerprint;

    /**
     * @param blackMargin whether the images lie on black, so that a black margin around them adds nothing new
     * @param labels as many as images, each an index into {@code classNames}; kept, not copied
     * @param pixels kept, not copied
     */
    Dataset(
            String name,
            Split split,
            List<String> classNames,
            Shape shape,
            boolean blackMargin,
            int[] labels,
            PixelStore pixels) {
        this(name, split, List.copyOf(classNames), shape, blackMargin, labels, pixels, labels.length);
        if (pixels.count() != labels.length || pixels.imageBytes() != shape.values()) {
            throw new IllegalArgumentException("dataset %s must have %d images of %d bytes, got %d of %d"
                    .formatted(name, labels.length, shape.values(), pixels.count(), pixels.imageBytes()));
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        "labels of %s must be in [0, %d), got %d".formatted(name, classNames.size(), label));
            }
        }
    }

    private Dataset(
            String name,
            Split split,
            List<String> classNames,
            Shape shape,
            boolean blackMargin,
            int[] labels,
            PixelStore pixels,
            int size) {
        this.name = name;
        this.split = split;
        this.classNames = classNames;
        this.shape = shape;
        this.blackMargin = blackMargin;
        this.labels = labels;
        this.pixels = pixels;
        this.size = size;
    }

    /** Begins a dataset of pictures at hand, which shall have this name. */
    public static DatasetBuilder named(String name) {
        return new DatasetBuilder(name);
    }

    /** The name that it was loaded by: {@code cifar10}, or the name of a folder. */
    public String name() {
        return name;
    }

    /** Which part of the dataset this is. */
    public Split split() {
        return split;
    }

    /** The names of the classes; a label is an index into this list. */
    public List<String> classNames() {
        return classNames;
    }

    /** The number of images. */
    public int size() {
        return size;
    }

    /** 1 (grey) or 3 (red, green, blue). */
    public int channels() {
        return shape.channels();
    }

    /** The height of every image in pixels. */
    public int height() {
        return shape.height();
    }

    /** The width of every image in pixels. */
    public int width() {
        return shape.width();
    }

    /** The number of values in an image: channels × height × width. */
    public int imageValues() {
        return shape.values();
    }

    /**
     * The class of an image, as an index into {@link #classNames}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, {@link #size})
     */
    public int label(int index) {
        return labels[Objects.checkIndex(index, size)];
    }

    /**
     * A copy of an image's bytes (C, H, W), each 0..255 (unsigned).
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, {@link #size})
     */
    public byte[] pixels(int index) {
        byte[] image = new byte[imageValues()];
        int offset = pixels.offset(Objects.checkIndex(index, size));
        System.arraycopy(pixels.array(index), offset, image, 0, image.length);
        return image;
    }

    /**
     * An image and its shape.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, {@link #size})
     */
    public Picture picture(int index) {
        return new Picture(channels(), height(), width(), pixels(index));
    }

    /**
     * Writes an image as {@link #imageValues} floats (C, H, W) in [-1, 1]: byte / 127.5 - 1.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, {@link #size}), or {@code target} is too short
     */
    public void copy(int index, float[] target, int offset) {
        int from = pixels.offset(Objects.checkIndex(index, size));
        int values = imageValues();
        Objects.checkFromIndexSize(offset, values, target.length);
        byte[] source = pixels.array(index);
        for (int i = 0; i < values; i++) {
            target[offset + i] = (source[from + i] & 0xFF) / 127.5f - 1;
        }
    }

    /**
     * The images of a batch as a tensor (N, C, H, W) in [-1, 1], in the order of {@code indices}.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, {@link #size})
     */
    public Tensor images(int... indices) {
        float[] data = new float[Math.multiplyExact(indices.length, imageValues())];
        for (int i = 0; i < indices.length; i++) {
            copy(indices[i], data, i * imageValues());
        }
        return Tensor.of(data, indices.length, channels(), height(), width());
    }

    /**
     * The images of a batch as classifiers take them: a tensor (N, C, H, W) in [0, 1], in the order of {@code indices}.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, {@link #size})
     */
    public Tensor unitImages(int... indices) {
        float[] data = new float[Math.multiplyExact(indices.length, imageValues())];
        for (int i = 0; i < indices.length; i++) {
            byte[] image = pixels(indices[i]);
            for (int k = 0; k < image.length; k++) {
                data[i * image.length + k] = (image[k] & 0xFF) / 255f;
            }
        }
        return Tensor.of(data, indices.length, channels(), height(), width());
    }

    /** The mean of all images: a tensor (1, C, H, W) in [0, 1]. */
    public Tensor meanImage() {
        long[] sums = new long[imageValues()];
        for (int index = 0; index < size(); index++) {
            byte[] image = pixels(index);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += image[k] & 0xFF;
            }
        }
        float[] mean = new float[sums.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = (float) (sums[k] / (255.0 * size()));
        }
        return Tensor.of(mean, 1, channels(), height(), width());
    }

    /**
     * The labels of a batch, in the order of {@code indices}.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, {@link #size})
     */
    public int[] labels(int... indices) {
        return IntStream.of(indices).map(this::label).toArray();
    }

    /**
     * The first {@code count} images (all, where there are no more); shares the pixels.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public Dataset limit(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + count);
        }
        return count >= size ? this : new Dataset(name, split, classNames, shape, blackMargin, labels, pixels, count);
    }

    /**
     * The same images, {@code newSize} pixels high and wide; this dataset where it has that size already.
     *
     * <p>Images that lie on black (MNIST, Fashion-MNIST) and grow by at most a quarter get a black margin, equal on
     * opposite sides (an odd pixel goes right and below), and keep their pixels: 28 × 28 becomes 32 × 32 by two pixels
     * a side. All other images are resampled by an antialiased bicubic filter.
     *
     * @throws IllegalArgumentException if {@code newSize} is less than 1
     */
    public Dataset resizedTo(int newSize) {
        if (newSize < 1) {
            throw new IllegalArgumentException("image size must be at least 1, got " + newSize);
        }
        if (newSize == height() && newSize == width()) {
            return this;
        }
        boolean pad = blackMargin && fitsMargin(newSize, height()) && fitsMargin(newSize, width());
        var resampler = new Resampler(height(), width(), newSize, newSize);
        return derived(new Shape(channels(), newSize, newSize), (image, target, offset) -> {
            if (pad) {
                pad(image, newSize, target, offset);
            } else {
                resampler.resize(image, channels(), target, offset);
            }
        });
    }

    private static boolean fitsMargin(int newSize, int oldSize) {
        return newSize >= oldSize && 4 * (newSize - oldSize) <= oldSize;
    }

    private void pad(byte[] image, int newSize, byte[] target, int offset) {
        int top = (newSize - height()) / 2;
        int left = (newSize - width()) / 2;
        for (int c = 0; c < channels(); c++) {
            for (int y = 0; y < height(); y++) {
                int to = offset + (c * newSize + top + y) * newSize + left;
                System.arraycopy(image, (c * height() + y) * width(), target, to, width());
            }
        }
    }

    /**
     * The same images with 1 channel (luma by ITU-R BT.601, as in JPEG) or 3 (the grey plane three times); this dataset
     * where it has that many already.
     *
     * @throws IllegalArgumentException if {@code newChannels} is neither 1 nor 3
     */
    public Dataset withChannels(int newChannels) {
        if (newChannels != 1 && newChannels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, got " + newChannels);
        }
        if (newChannels == channels()) {
            return this;
        }
        int plane = height() * width();
        return derived(new Shape(newChannels, height(), width()), (image, target, offset) -> {
            for (int i = 0; i < plane; i++) {
                if (newChannels == 1) {
                    target[offset + i] = ImageReader.luma(image[i], image[plane + i], image[2 * plane + i]);
                } else {
                    target[offset + i] = target[offset + plane + i] = target[offset + 2 * plane + i] = image[i];
                }
            }
        });
    }

    private interface ImageFunction {
        void apply(byte[] image, byte[] target, int offset);
    }

    private Dataset derived(Shape newShape, ImageFunction function) {
        var store = new PixelStore(size, newShape.values());
        IntStream.range(0, size).parallel().forEach(i -> function.apply(pixels(i), store.array(i), store.offset(i)));
        return new Dataset(name, split, classNames, newShape, blackMargin, labels, store, size);
    }

    /**
     * The SHA-256 of the content in hexadecimal: shape, class names, labels and pixels, in order. Two datasets with the
     * same fingerprint train the same model. Computed at the first call (about half a second for CIFAR-10).
     */
    public String fingerprint() {
        if (fingerprint == null) {
            var sha256 = Sha256.digest();
            String header = size + " " + channels() + " " + height() + " " + width() + "\n";
            sha256.update((header + String.join("\n", classNames) + "\n").getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.allocate(4 * size);
            IntStream.range(0, size).forEach(i -> bytes.putInt(labels[i]));
            sha256.update(bytes.array());
            for (int i = 0; i < size; i++) {
                sha256.update(pixels.array(i), pixels.offset(i), imageValues());
            }
            fingerprint = HexFormat.of().formatHex(sha256.digest());
        }
        return fingerprint;
    }

    @Override
    public String toString() {
        return "%s %s: %d images (%d, %d, %d) of %d classes"
                .formatted(name, split, size, channels(), height(), width(), classNames.size());
    }
}
