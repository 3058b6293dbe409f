package dev.ganzoo.server;

import java.util.Locale;

/** Names of options: {@code randomStart} in Java, {@code random_start} in the API. */
final class Names {
    private Names() {}

    static String toApi(String java) {
        return java.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
