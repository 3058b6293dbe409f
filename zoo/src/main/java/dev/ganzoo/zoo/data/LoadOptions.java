package dev.ganzoo.zoo.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a dataset is loaded; immutable, every method gives changed options.
 *
 * <pre>{@code
 * LoadOptions.defaults().size(32).limit(5_000)
 * }</pre>
 *
 * @param folder the one folder to look in; else the usual places (see {@link Datasets})
 * @param size the height and width of the images; else their own, and {@value ImageFolder#DEFAULT_SIZE} for a folder of
 *     images
 * @param channels 1 or 3; else the dataset's own, and 3 for a folder of images
 * @param limit the number of images to keep, from the first; else all
 * @param download whether files that are in no usual place are downloaded to the cache
 * @param listener is told how a download goes
 */
public record LoadOptions(
        Optional<Path> folder,
        OptionalInt size,
        OptionalInt channels,
        OptionalInt limit,
        boolean download,
        DownloadListener listener) {
    private static final LoadOptions DEFAULTS = new LoadOptions(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            true,
            DownloadListener.NONE);

    /** @throws IllegalArgumentException if the size or the limit is less than 1, or the channels are neither 1 nor 3 */
    public LoadOptions {
        Objects.requireNonNull(listener, "listener");
        if (size.orElse(1) < 1) {
            throw new IllegalArgumentException("image size must be at least 1, got " + size.getAsInt());
        }
        if (limit.orElse(1) < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit.getAsInt());
        }
        if (channels.orElse(1) != 1 && channels.getAsInt() != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, got " + channels.getAsInt());
        }
    }

    /** Everything as the dataset has it, from the usual places or downloaded silently. */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    /** Look in {@code newFolder} and nowhere else, and download nothing. */
    public LoadOptions folder(Path newFolder) {
        return new LoadOptions(Optional.of(newFolder), size, channels, limit, download, listener);
    }

    /** Images {@code newSize} pixels high and wide, by {@link Dataset#resizedTo}. */
    public LoadOptions size(int newSize) {
        return new LoadOptions(folder, OptionalInt.of(newSize), channels, limit, download, listener);
    }

    /** Images of 1 or 3 channels, by {@link Dataset#withChannels}. */
    public LoadOptions channels(int newChannels) {
        return new LoadOptions(folder, size, OptionalInt.of(newChannels), limit, download, listener);
    }

    /** The first {@code newLimit} images. */
    public LoadOptions limit(int newLimit) {
        return new LoadOptions(folder, size, channels, OptionalInt.of(newLimit), download, listener);
    }

    /** Whether to download what is in no usual place. */
    public LoadOptions download(boolean allowed) {
        return new LoadOptions(folder, size, channels, limit, allowed, listener);
    }

    /** Tell {@code newListener} how a download goes. */
    public LoadOptions listener(DownloadListener newListener) {
        return new LoadOptions(folder, size, channels, limit, download, newListener);
    }

    /** A loaded dataset as these options want it. */
    Dataset apply(Dataset dataset) {
        Dataset limited = limit.isPresent() ? dataset.limit(limit.getAsInt()) : dataset;
        Dataset sized = size.isPresent() ? limited.resizedTo(size.getAsInt()) : limited;
        return channels.isPresent() ? sized.withChannels(channels.getAsInt()) : sized;
    }
}
