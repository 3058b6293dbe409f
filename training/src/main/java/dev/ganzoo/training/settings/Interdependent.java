package dev.ganzoo.training.settings;

import java.util.Map;

/** A record of settings of which some do nothing where others are as they are. */
public interface Interdependent {
    /**
     * What settings that do nothing should be, each by its name: {@code emaStart} → {@code emaStart must be 0 where emaDecay
     * is 0}. Those that say by their value that they do nothing are not among them.
     */
    Map<String, String> idle();
}
