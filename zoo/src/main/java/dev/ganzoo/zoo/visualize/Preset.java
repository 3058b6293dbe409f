package dev.ganzoo.zoo.visualize;

/** A named way to search for images; each of its settings can be changed on the request. Immutable. */
public final class Preset {
    private final String name;
    private final String description;
    private final Settings forClasses;
    private final Settings forLayers;

    Preset(String name, String description, Settings forClasses, Settings forLayers) {
        this.name = name;
        this.description = description;
        this.forClasses = forClasses;
        this.forLayers = forLayers;
    }

    /** For {@link Presets#named}. */
    public String name() {
        return name;
    }

    /** What it is and whom it comes from, in one line. */
    public String description() {
        return description;
    }

    Settings settings(Target target) {
        return target instanceof Target.Classes ? forClasses : forLayers;
    }

    /** The name and all settings, for classes and for layers. */
    @Override
    public String toString() {
        return "%s: classes %s, layers %s".formatted(name, forClasses.describe(), forLayers.describe());
    }
}
