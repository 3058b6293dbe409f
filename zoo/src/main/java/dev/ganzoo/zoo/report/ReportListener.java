package dev.ganzoo.zoo.report;

/** Is told how a report goes; calls may come from several threads, one after another or at once. */
@FunctionalInterface
public interface ReportListener {
    /** Tells no one. */
    ReportListener NONE = (phase, done, total) -> {};

    /** {@code done} of {@code total} images are through in a phase, which begins with 0; later phases have other names. */
    void progress(String phase, long done, long total);
}
