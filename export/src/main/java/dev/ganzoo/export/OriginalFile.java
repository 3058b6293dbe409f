package dev.ganzoo.export;

import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.export.onnx.ReadOptions.Layout;
import dev.ganzoo.zoo.files.TemporaryFolder;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.InferenceException;
import dev.ganzoo.zoo.runtime.OnnxFile;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a user's ONNX file makes of noise in ONNX Runtime, as it is: with its own layout, batch size and last softmax. */
final class OriginalFile {
    private static final int SAMPLES = 8;

    private OriginalFile() {}

    /** Where ONNX Runtime cannot give the chosen value, the network as it was read is compared instead, and noted. */
    static ClassifierPackage.Original of(
            Path file, ImportedModel source, ReadOptions options, Normalization normalization, List<String> notes)
            throws IOException {
        Shape image = source.graph().inputs().get(0).shape();
        Tensor pixels = noise(image.at(SAMPLES));
        Tensor images = normalization.apply(pixels);
        try (OnnxFile original = OnnxFile.open(file)) {
            Tensor outputs = run(original, source, images, options.layout() == Layout.CHANNELS_LAST);
            return new ClassifierPackage.Original(pixels, outputs, source.leftOut());
        } catch (InferenceException e) {
            notes.add("compared with the network as it was read, since the file itself cannot be: " + e.getMessage());
            return new ClassifierPackage.Original(pixels, asRead(source, images));
        }
    }

    private static Tensor run(OnnxFile original, ImportedModel source, Tensor images, boolean last) {
        long[] shape = original.inputShape(source.inputName());
        int channels = images.shape()[1];
        boolean channelsLast = shape.length == 4 && shape[3] == channels && shape[1] != channels;
        Tensor ordered = last && shape.length != 3 || channelsLast ? UnitImages.channelsLast(images) : images;
        int size = shape.length > 0 && shape[0] > 0 ? (int) Math.min(shape[0], SAMPLES) : SAMPLES;
        if (SAMPLES % size != 0 || shape[0] > SAMPLES) {
            throw new InferenceException("its batch size is fixed at " + shape[0]);
        }
        float[] outputs = null;
        int width = ordered.size() / SAMPLES;
        for (int done = 0; done < SAMPLES; done += size) {
            int[] part = shapeOf(shape, ordered);
            part[0] = size;
            Tensor some = Tensor.of(Arrays.copyOfRange(ordered.data(), done * width, (done + size) * width), part);
            float[] made =
                    original.run(source.inputName(), some, source.outputName()).data();
            outputs = outputs == null ? new float[made.length * SAMPLES / size] : outputs;
            System.arraycopy(made, 0, outputs, done * (made.length / size), made.length);
        }
        return Tensor.of(outputs, SAMPLES, outputs.length / SAMPLES);
    }

    /** As the file has images: lists of their numbers, planes without channels, or as they are. */
    private static int[] shapeOf(long[] shape, Tensor images) {
        int[] own = images.shape();
        return switch (shape.length) {
            case 2 -> new int[] {own[0], images.size() / own[0]};
            case 3 -> new int[] {own[0], own[2], own[3]};
            default -> own.clone();
        };
    }

    private static Tensor asRead(ImportedModel source, Tensor images) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path written = folder.path().resolve("as-read.onnx");
            OnnxModel.of(source.graph()).write(written);
            try (OnnxFile read = OnnxFile.open(written)) {
                return read.run(ImportedModel.IMAGE, images, ImportedModel.LOGITS);
            }
        }
    }

    private static Tensor noise(int... shape) {
        Tensor images = Tensor.zeros(shape);
        RandomGenerator random = Randomness.of(0).at(0);
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = random.nextFloat();
        }
        return images;
    }
}
