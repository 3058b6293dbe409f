package dev.ganzoo.export;

import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.stream.IntStream;

/** The picture that shows what a model does, always of the same seed. */
final class Preview {
    private static final long SEED = 0;
    private static final int COLUMNS = 8;
    private static final int MAX_ROWS = 16;
    private static final int ROWS_WITHOUT_CLASSES = 4;

    private Preview() {}

    /** A PNG of at most 16 rows of 8 images: one row a class. */
    static byte[] png(Generator generator) {
        int classes = generator.labels().size();
        int rows = classes == 0 ? ROWS_WITHOUT_CLASSES : Math.min(classes, MAX_ROWS);
        int size = generator.card().latent().size();
        Tensor latents = Latents.of(SEED, 0, rows * COLUMNS, size, Truncation.none());
        Tensor images = generator.generate(latents, classes == 0 ? null : oneRowEach(rows, classes));
        return Png.encode(ImageGrid.of(images).columns(COLUMNS).image());
    }

    /** A PNG of what each of at most 16 classes looks like to a classifier. */
    static byte[] png(Classifier classifier) {
        int classes = Math.min(classifier.labels().size(), MAX_ROWS);
        return classifier
                .visualize()
                .classes(IntStream.range(0, classes).toArray())
                .seed(SEED)
                .run()
                .png();
    }

    private static Tensor oneRowEach(int rows, int classes) {
        Tensor weights = Tensor.zeros(rows * COLUMNS, classes);
        for (int i = 0; i < rows * COLUMNS; i++) {
            weights.data()[i * classes + i / COLUMNS] = 1;
        }
        return weights;
    }
}
