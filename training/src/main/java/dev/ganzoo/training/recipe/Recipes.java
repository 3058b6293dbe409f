package dev.ganzoo.training.recipe;

import dev.ganzoo.training.augmentation.Augmentation;
import dev.ganzoo.training.loss.AuxiliaryClassifier;
import dev.ganzoo.training.loss.GradientPenalty;
import dev.ganzoo.training.loss.LabelledImages;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.loss.Orthogonality;
import dev.ganzoo.training.loss.Rotation;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.AuxiliaryGan;
import dev.ganzoo.zoo.architecture.BigGan;
import dev.ganzoo.zoo.architecture.ConditionalDcgan;
import dev.ganzoo.zoo.architecture.Dcgan;
import dev.ganzoo.zoo.architecture.EightConvolutions;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.architecture.SemiSupervisedGan;
import dev.ganzoo.zoo.architecture.ThreeConvolutions;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Every recipe there is, by name. */
public final class Recipes {
    private static final Function<DataSpec, Networks<?>> DCGAN_NETWORKS =
            data -> Architectures.DCGAN.networks(Dcgan.Spec.published(data.channels(), data.size()));

    /** Mimicry's schedule for residual networks: that of Miyato et al. 2018, section 4 and table 3, row C with n_dis = 5. */
    private static final Schedule MIMICRY = Schedule.steps(100_000)
            .batch(64)
            .discriminatorSteps(5)
            .adam(2e-4, 0, 0.9)
            .decayToZero();

    /** DCGAN. */
    public static final Recipe DCGAN = gan(
            "dcgan",
            "Radford et al. 2016, Unsupervised Representation Learning with Deep Convolutional GANs",
            """
            Transposed convolutions, batch norm in both networks, binary cross entropy, weights from N(0, 0.02). Networks and \
            steps as StudioGAN, optimizer and batch as the paper, section 4.""",
            DCGAN_NETWORKS,
            Adversarial.of(Objectives.nonSaturating())
                    .schedule(Schedule.steps(100_000).batch(128).adam(2e-4, 0.5, 0.999)));

    /** DCGAN on residual networks. */
    public static final Recipe DCGAN_RESIDUAL = gan(
            "dcgan-residual",
            "Radford et al. 2016, on the residual networks of Gulrajani et al. 2017",
            """
            The objective of DCGAN on residual networks without spectral norm, in the schedule of Mimicry.""",
            residual(spec -> spec.spectralNorm(ResidualGan.SpectralNorm.NONE)),
            Adversarial.of(Objectives.nonSaturating()).schedule(MIMICRY));

    /** The conditional DCGAN of the report <i>Building a Conditional GAN for CIFAR-10</i>. */
    public static final Recipe CONDITIONAL_DCGAN = gan(
            "cdcgan",
            "Oh Tien Cheng, Building a Conditional GAN for CIFAR-10; after Mirza & Osindero 2014",
            """
            The generator gets an embedding of the class beside z, the discriminator a learned plane beside the image. The \
            report's experiments are settings: `realTarget=0.9` smooths labels on the side of real images, `r1=0.2` penalises \
            gradients, `spectralNorm=true` with `normalizedPlanes=true` normalises the discriminator, `objective=hinge` changes \
            the loss.""",
            data -> Architectures.CONDITIONAL_DCGAN.networks(
                    ConditionalDcgan.Spec.published(classes(data), data.channels(), data.size())),
            Adversarial.of(Objectives.nonSaturating())
                    .schedule(Schedule.steps(40_000).batch(256).adam(2e-4, 0, 0.999)));

    /** SNGAN. */
    public static final Recipe SNGAN = gan(
            "sngan",
            "Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks",
            """
            Residual networks, spectral norm in the discriminator, hinge loss, in the schedule of the paper, table 3, row C with \
            five discriminator steps, as Mimicry runs it. For images of 32, 48, 64 and 128 pixels.""",
            residual(UnaryOperator.identity()),
            Adversarial.of(Objectives.hinge()).schedule(MIMICRY));

    /** SNGAN with projection. */
    public static final Recipe SNGAN_PROJECTION = gan(
            "sngan-proj",
            "Miyato & Koyama 2018, cGANs with Projection Discriminator",
            """
            SNGAN with classes: conditional batch norm in the generator, projection in the discriminator. The moving average of \
            the generator is not the paper's.""",
            residual(ResidualGan.Spec::conditional),
            Adversarial.of(Objectives.hinge()).schedule(MIMICRY.movingAverage(0.999, 1_000)));

    /** SSGAN. */
    public static final Recipe SSGAN = gan(
            "ssgan",
            "Chen et al. 2019, Self-Supervised GANs via Auxiliary Rotation Loss",
            """
            SNGAN whose discriminator also tells by how many quarter turns an image is rotated: real ones for itself, with \
            weight 1, fake ones for the generator, with weight 0.2. For images of 32, 48, 64 and 128 pixels.""",
            residual(ResidualGan.Spec::tellingRotations),
            Adversarial.of(Objectives.hinge())
                    .and(Rotation.published())
                    .schedule(Schedule.steps(100_000)
                            .batch(64)
                            .discriminatorSteps(2)
                            .adam(2e-4, 0, 0.9)));

    /** The AC-GAN of the course IE 534. */
    public static final Recipe AUXILIARY = gan(
            "acgan-wgan-gp",
            "course IE 534, Understanding CNNs and Generative Adversarial Networks; after Odena et al. 2017",
            """
            Wasserstein loss with gradient penalty; a critic with layer norm that is a classifier too, and a generator that is \
            told the class by a one-hot row at the beginning of its latent. 200 epochs of CIFAR-10, as the course has it for 196 \
            channels.""",
            data -> Architectures.AUXILIARY.networks(
                    AuxiliaryGan.Spec.published(classes(data), data.channels(), data.size())),
            Adversarial.of(Objectives.wasserstein())
                    .and(GradientPenalty.twoSided(10))
                    .and(AuxiliaryClassifier.published())
                    .schedule(Schedule.steps(78_000).batch(128).adam(1e-4, 0, 0.9)));

    /** SAGAN. */
    public static final Recipe SAGAN = gan(
            "sagan",
            "Zhang et al. 2019, Self-Attention Generative Adversarial Networks",
            """
            Self-attention and spectral norm in both networks, conditional batch norm, projection, hinge loss, and the \
            discriminator's learning rate four times the generator's, as in the paper, section 4. Networks, batch and steps for \
            32 pixels as Mimicry.""",
            residual(spec -> spec.conditional().attentive().spectralNorm(ResidualGan.SpectralNorm.BOTH)),
            Adversarial.of(Objectives.hinge())
                    .schedule(Schedule.steps(100_000).batch(64).adam(1e-4, 4e-4, 0, 0.9)));

    /** BigGAN. */
    public static final Recipe BIGGAN = gan(
            "biggan",
            "Brock et al. 2019, Large Scale GAN Training for High Fidelity Natural Image Synthesis",
            """
            Self-attention, a class embedding shared by all batch norms, parts of z for every block, spectral norm, orthogonal \
            weights and their regularisation, a moving average, standing statistics. Networks of StudioGAN in the schedule of the authors' script for \
            CIFAR-10: 500 epochs of four batches of 50 a step. The script's own networks are `latent=128`, `ngf=256`, `ndf=256`, \
            `sharedEmbedding=0`, `hierarchicalLatents=false`, `attention=false`; their weights start with \
            `initialization=normal` and are not regularised, `generatorOrthogonality=0`.""",
            data -> Architectures.BIGGAN.networks(BigGan.Spec.published(classes(data), data.channels(), data.size())),
            Adversarial.of(Objectives.hinge())
                    .and(new Orthogonality(1e-4, 0))
                    .schedule(Schedule.steps(125_000)
                            .batch(50)
                            .discriminatorSteps(4)
                            .adam(2e-4, 0, 0.999)
                            .movingAverage(0.9999, 1_000)
                            .standingStatistics(16)));

    /** SGAN. */
    public static final Recipe SGAN = new Recipe(
            "sgan",
            "Odena 2016, Semi-Supervised Learning with Generative Adversarial Networks",
            """
            The discriminator learns the classes from half of the labels, with fake as one class more. `heads` changes how real \
            and fake are told, `labelled` how many labels there are. 200 epochs of MNIST.""",
            DataSpec.LIKE_MNIST,
            data -> Architectures.SEMI_SUPERVISED.networks(
                    SemiSupervisedGan.Spec.published(classes(data), data.channels(), data.size())),
            Adversarial.of(Objectives.nonSaturating())
                    .and(new LabelledImages(1, 0.5))
                    .schedule(Schedule.steps(187_500).batch(64).adam(2e-4, 0.5, 0.999)));

    /** WGAN-GP. */
    public static final Recipe WGAN_GP = gan(
            "wgan-gp",
            "Gulrajani et al. 2017, Improved Training of Wasserstein GANs",
            """
            Residual networks without spectral norm, Wasserstein loss with gradient penalty, in the schedule of Mimicry.""",
            residual(spec -> spec.spectralNorm(ResidualGan.SpectralNorm.NONE)),
            Adversarial.of(Objectives.wasserstein())
                    .and(GradientPenalty.twoSided(10))
                    .schedule(MIMICRY));

    /** LSGAN. */
    public static final Recipe LSGAN = gan(
            "lsgan",
            "Mao et al. 2017, Least Squares Generative Adversarial Networks",
            """
            The networks of DCGAN with least squares for a loss.""",
            DCGAN_NETWORKS,
            Adversarial.of(Objectives.leastSquares())
                    .schedule(Schedule.steps(100_000).batch(64).adam(2e-4, 0.5, 0.999)));

    /** The classifier of the course IE 534. */
    public static final Recipe CIFAR10_CLASSIFIER = new Recipe(
            "cifar10-classifier",
            "course IE 534, Understanding CNNs and Generative Adversarial Networks, part 1",
            """
            Eight convolutions of 196 channels with layer norm, random crops, colour jitter and flips, Adam at 1e-4, a tenth of \
            it from epoch 50 and again from epoch 75 on. The course expects 87 to 89 % of CIFAR-10's test images to be told \
            right.""",
            DataSpec.LIKE_CIFAR10,
            data -> Architectures.EIGHT_CONVOLUTIONS.networks(
                    EightConvolutions.Spec.published(classes(data), data.channels(), data.size())),
            new Supervised(
                    Objectives.crossEntropy(),
                    EpochSchedule.dropping(100, 128, 1e-4, 50, 75),
                    new Augmentation(0.7, 0.1, 0.1, 0.1, 0.1, 0.5)));

    /** The discriminator of {@link #SGAN} without a game. */
    public static final Recipe MNIST_CLASSIFIER = new Recipe(
            "mnist-classifier",
            "Odena 2016, Semi-Supervised Learning with Generative Adversarial Networks: the baseline",
            """
            The discriminator of sgan with one output a class, trained with labels alone, by the same optimizer: what sgan is \
            to be compared with. `labelled` changes how many labels there are; for one seed they are of the same images as \
            those of sgan.""",
            DataSpec.LIKE_MNIST,
            data -> Architectures.THREE_CONVOLUTIONS.networks(
                    ThreeConvolutions.Spec.published(classes(data), data.channels(), data.size())),
            new Supervised(
                    Objectives.crossEntropy(), EpochSchedule.constant(20, 64, 2e-4, 0.5, 0.999), Augmentation.NONE));

    private static final RecipeBook ALL = RecipeBook.of(List.of(
            DCGAN,
            DCGAN_RESIDUAL,
            CONDITIONAL_DCGAN,
            SNGAN,
            SNGAN_PROJECTION,
            SSGAN,
            AUXILIARY,
            SAGAN,
            BIGGAN,
            SGAN,
            WGAN_GP,
            LSGAN,
            CIFAR10_CLASSIFIER,
            MNIST_CLASSIFIER));

    private Recipes() {}

    private static Recipe gan(
            String name, String source, String about, Function<DataSpec, Networks<?>> networks, Adversarial procedure) {
        return new Recipe(name, source, about, DataSpec.LIKE_CIFAR10, networks, procedure);
    }

    private static Function<DataSpec, Networks<?>> residual(UnaryOperator<ResidualGan.Spec> variant) {
        return data -> Architectures.RESIDUAL.networks(
                variant.apply(ResidualGan.Spec.published(classes(data), data.channels(), data.size())));
    }

    private static int classes(DataSpec data) {
        return data.labels().size();
    }

    /** All recipes, in the order of their registration. */
    public static List<Recipe> all() {
        return ALL.all();
    }

    /**
     * The recipe of this name.
     *
     * @throws IllegalArgumentException if there is none; the message suggests the nearest
     */
    public static Recipe named(String name) {
        return ALL.named(name);
    }

    /** All recipes, to which a program may add its own. */
    public static RecipeBook book() {
        return ALL;
    }
}
