package dev.ganzoo.zoo.data;

/** Is told how far a download has come; called on the thread that downloads. */
@FunctionalInterface
public interface DownloadListener {
    /** Listens to nothing. */
    DownloadListener NONE = (file, done, total) -> {};

    /**
     * Called when a file begins ({@code done} is 0), at most some hundred times on the way, and when it is complete.
     *
     * @param file the name of the file being downloaded
     * @param done the bytes received so far
     * @param total the bytes of the whole file, or -1 where the server does not say
     */
    void progress(String file, long done, long total);
}
