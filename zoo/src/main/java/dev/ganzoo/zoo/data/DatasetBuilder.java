package dev.ganzoo.zoo.data;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A dataset in the making, of pictures in memory.
 *
 * <pre>{@code
 * Dataset shapes = Dataset.named("shapes").add("disc", disc).add("square", square).build();
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class DatasetBuilder {
    private final String name;
    private final List<String> classNames = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<byte[]> images = new ArrayList<>();
    private Split split = Split.TRAIN;
    private int height;
    private int width;

    DatasetBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** Which part of the dataset it will be; {@link Split#TRAIN} if not said. */
    public DatasetBuilder split(Split newSplit) {
        split = Objects.requireNonNull(newSplit, "split");
        return this;
    }

    /**
     * Numbers classes in this order, before any picture is added; else they are numbered as they first appear.
     *
     * @throws IllegalStateException if there are pictures
     */
    public DatasetBuilder classes(List<String> names) {
        if (!images.isEmpty()) {
            throw new IllegalStateException("classes must be given before pictures");
        }
        classNames.addAll(names);
        return this;
    }

    /**
     * Adds a picture, whose grey plane is taken three times if it has one channel.
     *
     * @throws IllegalArgumentException if it has not the size of the first
     */
    public DatasetBuilder add(String className, Picture picture) {
        return add(
                className,
                picture.height(),
                picture.width(),
                picture.withChannels(3).pixels());
    }

    /**
     * Adds a picture; its pixels are copied, laid on white where they are transparent.
     *
     * @param className its class; classes are numbered as they first appear
     * @throws IllegalArgumentException if it has not the size of the first
     */
    public DatasetBuilder add(String className, BufferedImage picture) {
        ImageReader.Pixels pixels = ImageReader.pixels(picture);
        return add(className, pixels.height(), pixels.width(), pixels.data());
    }

    private DatasetBuilder add(String className, int newHeight, int newWidth, byte[] pixels) {
        if (images.isEmpty()) {
            height = newHeight;
            width = newWidth;
        } else if (newHeight != height || newWidth != width) {
            throw new IllegalArgumentException("image %d of dataset %s must be %d × %d pixels as the first, got %d × %d"
                    .formatted(images.size(), name, width, height, newWidth, newHeight));
        }
        if (!classNames.contains(className)) {
            classNames.add(Objects.requireNonNull(className, "className"));
        }
        labels.add(classNames.indexOf(className));
        images.add(pixels);
        return this;
    }

    /**
     * The dataset of all pictures so far, in colour; {@link Dataset#withChannels} makes it grey.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Dataset build() {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("dataset %s must have at least one image, got none".formatted(name));
        }
        var shape = new Dataset.Shape(3, height, width);
        var pixels = new PixelStore(images.size(), shape.values());
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, pixels.array(i), pixels.offset(i), shape.values());
        }
        int[] labelOf = labels.stream().mapToInt(Integer::intValue).toArray();
        return new Dataset(name, split, classNames, shape, false, labelOf, pixels);
    }
}
