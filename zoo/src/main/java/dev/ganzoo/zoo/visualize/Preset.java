package dev.ganzoo.zoo.visualize;

/** A named way to search for images; each of its settings can be changed on the request. Immutable. */
public final class Preset {
    private final String name;
    private final String description;
    private final Settings settings;

    Preset(String name, String description, Settings settings) {
        this.name = name;
        this.description = description;
        this.settings = settings;
    }

    /** For {@link Presets#named}. */
    public String name() {
        return name;
    }

    /** What it is and whom it comes from, in one line. */
    public String description() {
        return description;
    }

    Settings settings() {
        return settings;
    }

    /** The name and all settings. */
    @Override
    public String toString() {
        return name + settings.describe();
    }
}
