package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What became of the images of a request. Immutable; usable after the classifier is closed. */
public final class AttackResult {
    private final Attack attack;
    private final Goal goal;
    private final List<String> classNames;
    private final Tensor original;
    private final Tensor perturbed;
    private final Tensor gradient;
    private final List<AttackedImage> images;

    AttackResult(
            Attack attack,
            Goal goal,
            List<String> classNames,
            Tensor original,
            Tensor perturbed,
            Tensor gradient,
            List<AttackedImage> images) {
        this.attack = attack;
        this.goal = goal;
        this.classNames = classNames;
        this.original = original;
        this.perturbed = perturbed;
        this.gradient = gradient;
        this.images = List.copyOf(images);
    }

    /** The attack with all its options. */
    public Attack attack() {
        return attack;
    }

    /** Where it wanted predictions to go. */
    public Goal goal() {
        return goal;
    }

    /** The names of the classes. */
    public List<String> classNames() {
        return classNames;
    }

    /** What became of each image, in order. */
    public List<AttackedImage> images() {
        return images;
    }

    /** The images before the attack: {@code (N, C, H, W)} in [0, 1]. */
    public Tensor original() {
        return original;
    }

    /** The images as the attack left them: {@code (N, C, H, W)} in [0, 1]. */
    public Tensor perturbed() {
        return perturbed;
    }

    /** {@link #perturbed} rounded to multiples of 1/255. */
    public Tensor rounded() {
        return UnitImages.rounded(perturbed);
    }

    /** {@link #rounded} as unsigned bytes 0..255, in the same order. */
    public byte[] bytes() {
        return UnitImages.bytes(perturbed);
    }

    /** What the attack added: {@code (N, C, H, W)} in [-1, 1]. */
    public Tensor delta() {
        return new Tensor(original.shape(), Vectors.difference(perturbed.data(), original.data()));
    }

    /**
     * The first gradient of each image that the attack computed, of what it increases: {@code (N, C, H, W)}, all zero where
     * it computed none; empty if the attack uses none at all.
     */
    public Optional<Tensor> gradient() {
        return Optional.ofNullable(gradient);
    }

    /** {@link #gradient} mapped to [0, 1] by the smallest and the largest value of all images together. */
    public Optional<Tensor> gradientImages() {
        return gradient().map(UnitImages::stretched);
    }

    /** The fraction of images predicted as their label before the attack. */
    public double accuracyBefore() {
        return fraction(image -> !image.before().leavesLabel());
    }

    /** The fraction of images predicted as their label after the attack. */
    public double accuracyAfter() {
        return fraction(image -> !image.after().leavesLabel());
    }

    /** The fraction of images predicted as their label after the attack and rounding to 8 bits. */
    public double accuracyRounded() {
        return fraction(image -> !image.rounded().leavesLabel());
    }

    /** The fraction of images with which the attack reached its goal. */
    public double successRate() {
        return fraction(AttackedImage::succeeded);
    }

    /** The fraction of images whose prediction the attack changed, whatever their labels. */
    public double changeRate() {
        return fraction(image -> image.after().leavesPrediction());
    }

    /** The mean size of the perturbations. */
    public double meanNorm(Norm norm) {
        return mean(image -> image.after().norm(norm));
    }

    /** The mean number of passes forward and back for an image. */
    public double meanGradientEvaluations() {
        return mean(AttackedImage::gradientEvaluations);
    }

    /** The mean number of passes forward only for an image. */
    public double meanQueries() {
        return mean(AttackedImage::queries);
    }

    /** How many images had no gradient at all; where there are some, robustness may be an illusion. */
    public int zeroGradients() {
        return (int) images.stream().filter(AttackedImage::zeroGradient).count();
    }

    /** The images before the attack in one picture. */
    public ImageGrid originalGrid() {
        return ImageGrid.of(UnitImages.toSigned(original));
    }

    /** The images as the attack left them in one picture. */
    public ImageGrid perturbedGrid() {
        return ImageGrid.of(UnitImages.toSigned(perturbed));
    }

    /** The gradients in one picture; empty if the attack uses none. */
    public Optional<ImageGrid> gradientGrid() {
        return gradientImages().map(UnitImages::toSigned).map(ImageGrid::of);
    }

    /**
     * One image's story in one picture: the original, the perturbation magnified, the result, and the probabilities of the
     * likeliest classes before and after.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public BufferedImage figure(int index) {
        return new AttackFigure(this).draw(new int[] {index});
    }

    /** {@link #figure(int)} of the first images, one below the other. */
    public BufferedImage figures(int most) {
        return new AttackFigure(this)
                .draw(IntStream.range(0, Math.min(Math.max(1, most), images.size()))
                        .toArray());
    }

    Tensor image(Tensor of, int index) {
        int[] shape = of.shape();
        int values = shape[1] * shape[2] * shape[3];
        float[] one = Arrays.copyOfRange(of.data(), index * values, (index + 1) * values);
        return Tensor.of(one, 1, shape[1], shape[2], shape[3]);
    }

    private double fraction(Predicate<AttackedImage> property) {
        return mean(image -> property.test(image) ? 1 : 0);
    }

    private double mean(ToDoubleFunction<AttackedImage> value) {
        return images.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** All numbers, for programs. */
    public AttackReport report() {
        return AttackReport.of(this);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return "%s, %s: accuracy %.1f %% -> %.1f %% (%.1f %% at 8 bits), goal reached %.1f %%, mean linf %s, l2 %.3g"
                .formatted(
                        AttackOptions.describe(attack),
                        goal.describe(classNames),
                        100 * accuracyBefore(),
                        100 * accuracyAfter(),
                        100 * accuracyRounded(),
                        100 * successRate(),
                        "%.2f/255".formatted(255 * meanNorm(Norm.LINF)),
                        meanNorm(Norm.L2));
    }
}
