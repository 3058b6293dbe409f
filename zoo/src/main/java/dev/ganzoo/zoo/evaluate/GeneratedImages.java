package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.SampleRequest;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The samples of a seed, rounded to 8 bits as if they had been saved. */
record GeneratedImages(Generator generator, Truncation truncation, long seed, List<String> classes)
        implements ImageSource {
    static GeneratedImages of(Generator generator) {
        return new GeneratedImages(generator, generator.card().truncation().byDefault(), 0, generator.labels());
    }

    GeneratedImages seed(long other) {
        return new GeneratedImages(generator, truncation, other, classes);
    }

    GeneratedImages truncation(Truncation other) {
        return new GeneratedImages(generator, other, seed, classes);
    }

    @Override
    public GeneratedImages ofClass(String name) {
        return new GeneratedImages(
                generator, truncation, seed, List.of(classNames().get(ChosenImages.label(this, name))));
    }

    @Override
    public String name() {
        return generator.name() + " " + generator.card().version();
    }

    @Override
    public int size() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Picture> pictures(int from, int count) {
        SampleRequest request =
                generator.sample(count).firstIndex(from).seed(seed).truncated(truncation);
        request = classes.isEmpty() ? request : request.ofClasses(classes.toArray(String[]::new));
        byte[] all = request.bytes();
        ImageShape one = shape().orElseThrow();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = Arrays.copyOfRange(all, i * one.values(), (i + 1) * one.values());
            pictures.add(new Picture(one.channels(), one.height(), one.width(), pixels));
        }
        return pictures;
    }

    @Override
    public List<String> classNames() {
        return generator.labels();
    }

    @Override
    public int label(int index) {
        return classes.isEmpty() ? -1 : generator.labels().indexOf(classes.get(index % classes.size()));
    }

    @Override
    public String fingerprint() {
        return generator.card().files().get(ModelPackage.GENERATOR).sha256();
    }

    @Override
    public Map<String, String> facts() {
        ModelCard.Provenance provenance = generator.card().provenance();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("recipe", provenance.recipe());
        facts.put("step", Long.toString(provenance.step()));
        facts.put("weights", provenance.ema() ? "moving average" : "as trained, no moving average");
        facts.put("batch norm", "running statistics");
        facts.put("truncation", truncation.toString());
        facts.put("classes", classes.isEmpty() ? "none" : classes.size() == 1 ? "only " + classes.get(0) : "in turn");
        return facts;
    }

    @Override
    public Optional<ImageShape> shape() {
        ModelCard.ImageSpec image = generator.card().image();
        return Optional.of(new ImageShape(image.channels(), image.height(), image.width()));
    }
}
