package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Picture;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The images of a dataset. */
record DatasetImages(Dataset dataset) implements ImageSource {
    @Override
    public String name() {
        return dataset.name() + " " + dataset.split();
    }

    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public List<Picture> pictures(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(dataset::picture).toList();
    }

    @Override
    public List<String> classNames() {
        return dataset.classNames();
    }

    @Override
    public int label(int index) {
        return dataset.label(index);
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }

    /** As in training: what lies on black may get a margin instead of being resampled. */
    @Override
    public ImageSource fitted(ImageShape shape) {
        return shape.height() == shape.width()
                ? new DatasetImages(dataset.resizedTo(shape.height()).withChannels(shape.channels()))
                : new FittedImages(this, shape);
    }

    @Override
    public Optional<ImageShape> shape() {
        return Optional.of(new ImageShape(dataset.channels(), dataset.height(), dataset.width()));
    }
}
