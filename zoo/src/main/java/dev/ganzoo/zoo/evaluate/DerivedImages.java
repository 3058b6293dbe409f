package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.classifier.ImageShape;
import java.util.List;
import java.util.Optional;

/** Images made from those of another source; what is not said otherwise is as there. */
public interface DerivedImages extends ImageSource {
    /** The source. */
    ImageSource images();

    @Override
    default String name() {
        return images().name();
    }

    @Override
    default int size() {
        return images().size();
    }

    @Override
    default List<String> classNames() {
        return images().classNames();
    }

    @Override
    default int label(int index) {
        return images().label(index);
    }

    @Override
    default Optional<ImageShape> shape() {
        return images().shape();
    }
}
