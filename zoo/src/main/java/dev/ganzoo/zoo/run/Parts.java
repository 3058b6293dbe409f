package dev.ganzoo.zoo.run;

/** What the parts of a checkpoint are called; the weights of a network are a part named as the network. */
public final class Parts {
    /** What the networks made of some inputs when the checkpoint was written. */
    public static final String GOLDEN = "golden";

    private Parts() {}

    /** The moving average of a network's weights. */
    public static String averageOf(String network) {
        return network + "-ema";
    }

    /** The state of the optimizer of a network. */
    public static String optimizerOf(String network) {
        return "optimizer-" + network;
    }
}
