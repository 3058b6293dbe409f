package dev.ganzoo.export;

import java.nio.file.Path;

/** What models are called where nobody says it. */
final class Names {
    private Names() {}

    /** The name given, or that of the package's file without {@code .zip}. */
    static String ofModel(String given, Path place) {
        String file = place.toAbsolutePath().normalize().getFileName().toString();
        return given != null ? given : file.endsWith(".zip") ? file.substring(0, file.length() - 4) : file;
    }
}
