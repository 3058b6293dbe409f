package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import java.util.function.BiFunction;

/**
 * The residual blocks of Miyato et al. 2018, appendix B.4: two convolutions of 3×3 pixels beside a shortcut. Immutable.
 *
 * @param layers what they are made of
 * @param shortcutPreActivated whether the shortcut of a discriminator's block sees relu(x) rather than x
 * @param wide whether a discriminator's block that widens does so in its first convolution, as BigGAN's, or its second
 */
public record ResidualBlocks(Layers layers, boolean shortcutPreActivated, boolean wide) {
    static final double GAIN = Math.sqrt(2);

    /** The blocks of the paper, made of these layers. */
    public static ResidualBlocks of(Layers layers) {
        return new ResidualBlocks(layers, false, false);
    }

    /**
     * A block of a generator: (N, C, H, W) → (N, channels, 2·H, 2·W).
     *
     * @param norm a normalisation by its name and what it works on, such as {@code layers::batchNorm}
     */
    public Node up(String name, Node x, int channels, Interpolation upsampling, BiFunction<String, Node, Node> norm) {
        Node h = norm.apply(name + ".norm1", x).relu();
        h = layers.conv(name + ".conv1", h.upsample(upsampling, 2), channels, 3, GAIN);
        h = norm.apply(name + ".norm2", h).relu();
        h = layers.conv(name + ".conv2", h, channels, 3, GAIN);
        return h.plus(layers.conv(name + ".shortcut", x.upsample(upsampling, 2), channels, 1, 1));
    }

    /** The first block of a discriminator, which has no activation before it: (N, C, H, W) → (N, channels, H/2, W/2). */
    public Node first(String name, Node image, int channels) {
        Node h = layers.conv(name + ".conv1", image, channels, 3, GAIN).relu();
        h = layers.conv(name + ".conv2", h, channels, 3, GAIN).avgPool(2);
        return h.plus(layers.conv(name + ".shortcut", image.avgPool(2), channels, 1, 1));
    }

    /** A block of a discriminator: (N, C, H, W) → (N, channels, H, W), or halved (N, channels, H/2, W/2). */
    public Node down(String name, Node x, int channels, boolean halved) {
        Node activated = x.relu();
        Node shortcut = shortcutPreActivated ? activated : x;
        boolean widens = x.shape().extent(1) != channels;
        Node h = layers.conv(
                        name + ".conv1", activated, wide ? channels : x.shape().extent(1), 3, GAIN)
                .relu();
        h = layers.conv(name + ".conv2", h, channels, 3, GAIN);
        if (widens || halved) {
            shortcut = layers.conv(name + ".shortcut", shortcut, channels, 1, 1);
        }
        return halved ? h.avgPool(2).plus(shortcut.avgPool(2)) : h.plus(shortcut);
    }
}
