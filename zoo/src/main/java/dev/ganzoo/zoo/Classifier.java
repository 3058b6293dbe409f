package dev.ganzoo.zoo;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.ClassifierSession;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Layer;
import dev.ganzoo.zoo.visualize.LayerNetwork;
import java.util.List;

/** A loaded classifier. Pixels are in [0, 1] wherever images go in; normalisation is the network's own business. */
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

    @Override
    public void close() {
        session.close();
    }
}
