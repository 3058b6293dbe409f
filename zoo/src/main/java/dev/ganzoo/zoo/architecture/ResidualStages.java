package dev.ganzoo.zoo.architecture;

import java.util.List;
import java.util.Map;

/**
 * How residual networks for images of one size are built up: the blocks of a generator double the image, each with the
 * widest block's channels divided by a number; so do those of a discriminator, of which the first ones halve it. Miyato et
 * al. 2018, appendix B.4, as Mimicry has them; BigGAN's of 32, 64 and 128 pixels (Brock et al. 2019) differ in the last
 * block at 64 only.
 *
 * @param bottom height and width at which the generator begins
 * @param generator divisors of the generator's blocks, from the bottom up
 * @param discriminator divisors of the discriminator's blocks, from the image on
 * @param halved how many of the discriminator's blocks halve the image
 */
record ResidualStages(int bottom, List<Integer> generator, List<Integer> discriminator, int halved) {
    private static final Map<Integer, ResidualStages> BY_SIZE = Map.of(
            32, new ResidualStages(4, List.of(1, 1, 1), List.of(1, 1, 1, 1), 2),
            48, new ResidualStages(6, List.of(2, 4, 8), List.of(16, 8, 4, 2, 1), 4),
            64, new ResidualStages(4, List.of(2, 4, 8, 16), List.of(16, 8, 4, 2, 1), 5),
            128, new ResidualStages(4, List.of(1, 2, 4, 8, 16), List.of(16, 8, 4, 2, 1, 1), 5));

    /** @throws IllegalArgumentException if there are no such networks for this size */
    static ResidualStages of(int size) {
        ResidualStages found = BY_SIZE.get(size);
        Check.that(found != null, "size must be 32, 48, 64 or 128", size);
        return found;
    }

    /** The same, where the discriminator's last block keeps the image as large as it finds it. */
    ResidualStages lastKept() {
        return new ResidualStages(bottom, generator, discriminator, Math.min(halved, discriminator.size() - 1));
    }

    /** @throws IllegalArgumentException if the channels of a block would not be a whole number */
    void check(String generatorName, int ngf, String discriminatorName, int ndf) {
        Check.multipleOf(generator.get(generator.size() - 1), generatorName, ngf);
        Check.multipleOf(discriminator.get(0), discriminatorName, ndf);
    }
}
