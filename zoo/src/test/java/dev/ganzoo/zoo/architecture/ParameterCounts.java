package dev.ganzoo.zoo.architecture;

import java.util.stream.Stream;

/**
 * How many parameters the networks of a recipe must have for images of ten classes, by sources outside of them.
 *
 * @param recipe its name
 * @param channels 1 for grey, 3 for RGB images
 * @param size height and width of the images
 * @param generator how many the generator has
 * @param discriminator how many the discriminator has
 */
public record ParameterCounts(String recipe, int channels, int size, long generator, long discriminator) {
    /** As published, and as counted by PyTorch. */
    public static Stream<ParameterCounts> all() {
        return Stream.concat(published(), byPyTorch());
    }

    /** Of Mimicry (residual networks) and StudioGAN (DCGAN, BigGAN). */
    private static Stream<ParameterCounts> published() {
        return Stream.of(
                rgb("sngan", 32, 4_276_739, 1_053_825),
                rgb("wgan-gp", 32, 4_276_739, 1_053_825),
                rgb("dcgan-residual", 32, 4_276_739, 1_053_825),
                rgb("sngan-proj", 32, 4_304_387, 1_055_105),
                rgb("ssgan", 32, 4_276_739, 1_054_341),
                rgb("sagan", 32, 4_386_308, 1_075_586),
                rgb("dcgan", 32, 3_812_355, 2_931_009),
                rgb("lsgan", 32, 3_812_355, 2_931_009),
                rgb("biggan", 32, 9_416_196, 2_415_170));
    }

    /**
     * Of modules that {@code src/test/python/parameter_counts.py} builds from papers and reports, where nobody published the
     * counts.
     */
    private static Stream<ParameterCounts> byPyTorch() {
        return Stream.of(
                rgb("sngan", 48, 4_878_083, 10_141_441),
                rgb("sngan", 64, 12_220_675, 10_141_441),
                rgb("sngan", 128, 32_150_787, 29_017_857),
                rgb("ssgan", 48, 4_878_083, 10_145_541),
                rgb("ssgan", 64, 12_220_675, 10_145_541),
                rgb("ssgan", 128, 32_150_787, 29_021_957),
                rgb("cdcgan", 32, 1_217_792, 674_560),
                rgb("acgan-wgan-gp", 32, 3_553_483, 3_137_971),
                new ParameterCounts("sgan", 1, 28, 1_027_841, 115_659));
    }

    private static ParameterCounts rgb(String recipe, int size, long generator, long discriminator) {
        return new ParameterCounts(recipe, 3, size, generator, discriminator);
    }

    @Override
    public String toString() {
        return "%s at %d pixels".formatted(recipe, size);
    }
}
