package dev.ganzoo.export.benchmark;

import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SNGAN-projection's generator as published, 256 channels, at its initial weights: as ONNX, and as a package. */
public final class FullWidthGenerator {
    private static final List<String> LABELS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private FullWidthGenerator() {}

    /** The network as the paper draws it. */
    public static byte[] straightforward() {
        return OnnxModel.of(bound()).bytes();
    }

    /** The network as {@code ganzoo export} writes it. */
    public static byte[] rewritten() {
        return OnnxModel.of(Rewriter.with(Target.CPU.rules()).rewrite(bound())).bytes();
    }

    /** The rewritten network behind the fluent API, as a package in {@code folder}. */
    public static Generator load(Path folder) throws IOException {
        ModelCard card = ModelCard.generator("full-width")
                .dataset("none")
                .labels(LABELS)
                .latent(128)
                .image(3, 32, 32)
                .truncation(Truncation.none(), Truncation.none())
                .provenance(new ModelCard.Provenance("none", Map.of(), 0, false, 0.0, "none", "none"))
                .parity(0, 1e-4, 1)
                .build();
        Path place = Files.createTempDirectory(folder, "benchmark").resolve("full-width");
        ModelPackage.write(place, card, Map.of(ModelPackage.GENERATOR, rewritten()));
        return Zoo.on(Device.cpu()).generator(place);
    }

    private static Graph bound() {
        Graph generator = ResidualGan.generator(
                ResidualGan.Spec.published(LABELS.size(), 3, 32).conditional());
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Node leaf : generator.states()) {
            Op.State state = (Op.State) leaf.op();
            Randomness randomness = Randomness.of(0).forPurpose(state.name());
            weights.put(state.name(), state.init().sample(leaf.shape().extents(), randomness.at(0)));
        }
        return Weights.bind(generator, weights);
    }
}
