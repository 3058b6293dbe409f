package dev.ganzoo.zoo;

import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.attack.RobustnessRequest;
import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.ClassifierSession;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Layer;
import dev.ganzoo.zoo.visualize.LayerNetwork;
import dev.ganzoo.zoo.visualize.VisualizationSource;
import dev.ganzoo.zoo.visualize.Visualizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A loaded classifier. Pixels are in [0, 1] wherever images go in or come out; normalisation is the network's own business.
 *
 * <pre>{@code
 * try (Classifier classifier = Zoo.classifier("cifar10-classifier")) {
 *     AttackResult result = classifier.attack(images).pgd().epsilon(8, 255).targeted("cat").run();
 *     classifier.visualize().classes().preset("course").run().save(Path.of("classes.png"));
 * }
 * }</pre>
 */
public final class Classifier extends Model {
    private final ClassifierSession session;

    Classifier(ModelPackage source, ClassifierSession session) {
        super(source);
        this.session = session;
    }

    @Override
    public Device device() {
        return session.device();
    }

    /**
     * The logits of each class, in bounded memory besides the result.
     *
     * @param images {@code (N, C, H, W)} in [0, 1]
     * @return {@code (N, classes)}
     * @throws IllegalArgumentException if the shape is not so
     * @throws IllegalStateException if this classifier is closed
     */
    @Override
    public Tensor logits(Tensor images) {
        return session.logits(images);
    }

    /** The likeliest class of each image, and the probabilities of all. @see #logits */
    @Override
    public List<Prediction> predict(Tensor images) {
        return Prediction.of(logits(images), labels());
    }

    /**
     * A request to perturb images so that they are taken for something else.
     *
     * @param images {@code (N, C, H, W)} in [0, 1]
     * @throws IllegalArgumentException if the shape is not so
     */
    @Override
    public AttackRequest attack(Tensor images) {
        return AttackRequest.of(session, labels(), images);
    }

    /**
     * A request for the accuracy on a dataset under attacks; see {@link RobustnessRequest}.
     *
     * @throws InvalidRequestException if the dataset's images or classes are not this classifier's
     */
    public RobustnessRequest robustness(Dataset dataset) {
        return RobustnessRequest.of(session, name(), labels(), dataset);
    }

    /** Requests for images that classes, channels, neurons or directions respond to most. */
    @Override
    public Visualizer visualize() {
        return Visualizer.of(new Source());
    }

    /** The network with its gradient, for attacks of one's own. It is closed with this classifier. */
    public ClassifierNetwork network() {
        return session;
    }

    /** The layers that can be visualised, from the image on. */
    public List<Layer> layers() {
        return session.layers();
    }

    /**
     * The network up to a layer, for visualisations of one's own. It is closed with this classifier.
     *
     * @throws IllegalArgumentException if there is no such layer, naming the nearest
     */
    public LayerNetwork layer(String name) {
        return session.layer(name);
    }

    /** The mean of the training images, {@code (1, C, H, W)} in [0, 1], if the package has it. */
    public Optional<Tensor> meanImage() {
        if (!card().files().containsKey(ModelPackage.MEAN_IMAGE)) {
            return Optional.empty();
        }
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(source().read(ModelPackage.MEAN_IMAGE)));
            if (image == null) {
                throw new InvalidModelException(
                        "%s: %s is no image".formatted(source().location(), ModelPackage.MEAN_IMAGE));
            }
            return Optional.of(UnitImages.of(image));
        } catch (IOException e) {
            throw new InvalidModelException(
                    "%s: %s: %s".formatted(source().location(), ModelPackage.MEAN_IMAGE, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private final class Source implements VisualizationSource {
        @Override
        public String name() {
            return Classifier.this.name();
        }

        @Override
        public ClassifierNetwork classifier() {
            return session;
        }

        @Override
        public List<String> labels() {
            return Classifier.this.labels();
        }

        @Override
        public List<Layer> layers() {
            return session.layers();
        }

        @Override
        public LayerNetwork layer(String name) {
            return session.layer(name);
        }

        @Override
        public Optional<Tensor> meanImage() {
            return Classifier.this.meanImage();
        }
    }
}
