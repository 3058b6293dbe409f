package dev.ganzoo.zoo.data;

import java.util.List;

/** Datasets of given pixels, for tests outside this package. */
public final class HandmadeDatasets {
    private HandmadeDatasets() {}

    /** Images (channels, size, size) as unsigned bytes, with their labels. */
    public static Dataset of(
            String name, Split split, List<String> classes, int channels, int size, int[] labels, byte[]... images) {
        var store = new PixelStore(images.length, channels * size * size);
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i], 0, store.array(i), store.offset(i), images[i].length);
        }
        return new Dataset(name, split, classes, new Dataset.Shape(channels, size, size), false, labels, store);
    }
}
