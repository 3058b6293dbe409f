package tutorial;

import dev.ganzoo.clients.cli.GanZoo;
import dev.ganzoo.training.augmentation.QuarterTurns;
import dev.ganzoo.training.loss.Judge;
import dev.ganzoo.training.loss.Objective;
import dev.ganzoo.training.loss.Term;
import dev.ganzoo.training.loss.Verdict;
import dev.ganzoo.training.loss.View;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.architecture.Initialization;
import dev.ganzoo.zoo.architecture.Layers;
import dev.ganzoo.zoo.architecture.ResidualBlocks;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetBuilder;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.Random;

public final class MySsgan {
    // 1. the networks
    public record Spec(int latent, int channels, int size, int ngf, int ndf) {}

    static Graph generator(Spec spec) {
        Layers layers = Layers.plain(Initialization.XAVIER);
        ResidualBlocks blocks = ResidualBlocks.of(layers);
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node h = layers.linear("linear", z, 4 * 4 * spec.ngf(), 1).reshape(Shape.N, spec.ngf(), 4, 4);
        for (int block = 1; h.shape().extent(2) < spec.size(); block++) {
            h = blocks.up("block" + block, h, spec.ngf(), Interpolation.NEAREST, layers::batchNorm);
        }
        h = layers.batchNorm("norm", h).relu();
        return Graph.of(
                "generator",
                "image",
                layers.conv("conv", h, spec.channels(), 3, 1).tanh());
    }

    static Graph discriminator(Spec spec) {
        Layers layers = Layers.spectrallyNormalized(Initialization.XAVIER);
        ResidualBlocks blocks = ResidualBlocks.of(layers);
        Node image = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        Node h = blocks.first("block1", image, spec.ndf());
        h = blocks.down("block2", h, spec.ndf(), true);
        h = blocks.down("block3", h, spec.ndf(), false);
        Node features = blocks.down("block4", h, spec.ndf(), false).relu().sum(2, 3);
        return Graph.of("discriminator", "logit", layers.linear("linear", features, 1, 1))
                .and("turn_logits", layers.linear("turns", features, 4, 1));
    }

    static final Architecture<Spec> NETWORKS =
            new Architecture<>("my-ssgan", Spec.class, MySsgan::generator, MySsgan::discriminator);

    // 2. the objective
    private static final Node ONE = Node.constant(1);
    static final Objective HINGE = new Objective(
            "my-hinge",
            "Lim & Ye 2017",
            (real, fake) -> ONE.minus(real).relu().plus(ONE.plus(fake).relu()).mean(0, 1),
            fake -> fake.mean(0, 1).negated());

    // 3. the rotation task
    public record Turns(double tellTurns, double helpTurns) implements Term {
        @Override
        public String name() {
            return "turns";
        }

        @Override
        public Optional<Node> discriminatorLoss(Judge judge) {
            return Optional.of(loss(judge, View.REAL).times(Node.constant(tellTurns)));
        }

        @Override
        public Optional<Node> generatorLoss(Judge judge) {
            return Optional.of(loss(judge, View.FAKE).times(Node.constant(helpTurns)));
        }

        private static Node loss(Judge judge, View images) {
            Verdict turned = judge.on(images.under(new QuarterTurns()));
            Node logProbabilities = turned.output("turn_logits").logSoftmax(1);
            Node turn = turned.drawn(QuarterTurns.TURN);
            return logProbabilities.times(turn).sum(1).mean(0).negated();
        }
    }

    // 4. the recipe
    static final Recipe RECIPE = new Recipe(
            "my-ssgan",
            "Chen et al. 2019, Self-Supervised GANs via Auxiliary Rotation Loss",
            "SSGAN, written by hand.",
            DataSpec.LIKE_CIFAR10,
            data -> NETWORKS.networks(new Spec(128, data.channels(), data.size(), 256, 128)),
            Adversarial.of(HINGE)
                    .and(new Turns(1, 0.2))
                    .schedule(Schedule.steps(100_000)
                            .batch(64)
                            .discriminatorSteps(2)
                            .adam(2e-4, 0, 0.9)));

    // 5. a dataset
    static Dataset shapes() {
        DatasetBuilder shapes = Dataset.named("shapes");
        Random random = new Random(1);
        for (int i = 0; i < 4_000; i++) {
            BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            var pen = picture.createGraphics();
            pen.setColor(Color.getHSBColor(random.nextFloat(), 0.7f, 1));
            int left = 2 + random.nextInt(13);
            int top = 2 + random.nextInt(9);
            boolean house = i % 2 == 0;
            pen.fillPolygon(new int[] {left, left + 8, left + 16}, new int[] {top + 10, top, top + 10}, 3);
            pen.fillRect(left + (house ? 2 : 6), top + 10, house ? 12 : 4, 9);
            shapes.add(house ? "house" : "tree", picture);
        }
        return shapes.build();
    }

    // 6. the command line
    public static void main(String[] args) {
        System.exit(GanZoo.with(RECIPE).dataset("shapes", MySsgan::shapes).run(args));
    }
}
