package dev.ganzoo.training.evaluation;

import dev.ganzoo.training.engine.Sampler;
import dev.ganzoo.training.engine.Training;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the generator of a run makes now of the latents of seed 0, its classes in turn, rounded to 8 bits. */
record RunImages(String run, long step, Training training, Sampler sampler, Dataset learned, int size)
        implements ImageSource {
    private static final long SEED = 0;

    @Override
    public String name() {
        return run + " step " + step;
    }

    @Override
    public List<Picture> pictures(int from, int count) {
        int[] labels = IntStream.range(from, from + count).map(this::label).toArray();
        Tensor latents = Latents.of(SEED, from, count, sampler.latent(), Truncation.none());
        byte[] all = Pixels.bytes(sampler.sample(latents, labels));
        int values = learned.imageValues();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = Arrays.copyOfRange(all, i * values, (i + 1) * values);
            pictures.add(new Picture(learned.channels(), learned.height(), learned.width(), pixels));
        }
        return pictures;
    }

    @Override
    public List<String> classNames() {
        return learned.classNames();
    }

    @Override
    public int label(int index) {
        return index % learned.classNames().size();
    }

    /** Of what the networks make of fixed inputs, which differs whenever their weights do. */
    @Override
    public String fingerprint() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (Tensor tensor : training.golden().values()) {
            ByteBuffer buffer = ByteBuffer.allocate(4 * tensor.size());
            buffer.asFloatBuffer().put(tensor.data());
            bytes.write(buffer.array());
        }
        return Sha256.of(bytes.toByteArray());
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("step", Long.toString(step));
        facts.put("weights", sampler.averaged() ? "moving average" : "as trained, no moving average");
        facts.put("batch norm", "running statistics");
        facts.put("truncation", Truncation.none().toString());
        facts.put("classes", "in turn");
        facts.put("seed", Long.toString(SEED));
        return facts;
    }

    @Override
    public Optional<ImageShape> shape() {
        return Optional.of(new ImageShape(learned.channels(), learned.height(), learned.width()));
    }
}
