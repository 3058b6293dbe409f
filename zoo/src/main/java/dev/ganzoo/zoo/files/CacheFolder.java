package dev.ganzoo.zoo.files;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where what can be had again is kept: the folder named by the system property {@value #PROPERTY}, else by the environment
 * variable {@value #VARIABLE}, else {@code ~/.cache/ganzoo}.
 */
public final class CacheFolder {
    /** The system property that names the folder. */
    public static final String PROPERTY = "ganzoo.cache";
    /** The environment variable that names it where the property is not set. */
    public static final String VARIABLE = "GANZOO_CACHE";

    private CacheFolder() {}

    /** The folder {@code name} in the cache of this process; it need not exist. */
    public static Path named(String name) {
        return in(System::getProperty, System::getenv).resolve(name);
    }

    /** The cache of other properties and variables. */
    public static Path in(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        return given(properties.apply(PROPERTY))
                .or(() -> given(environment.apply(VARIABLE)))
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".cache", "ganzoo"));
    }

    /** The path that a setting names, unless it is blank or not there. */
    public static Optional<Path> given(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(Path::of);
    }
}
