package dev.ganzoo.export;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.runtime.GeneratorSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the run itself knows of a model, as a card. */
final class Cards {
    private Cards() {}

    /** A card without what is not known before the network was tried: its precision and its parity. */
    static CardBuilder begin(String name, TrainedRun run, Checkpoint checkpoint, boolean averaged, Graph generator)
            throws IOException {
        Map<String, Shape> inputs = generator.inputs().stream().collect(Collectors.toMap(Node::name, Node::shape));
        Shape image = generator.output().shape();
        return ModelCard.generator(name)
                .dataset(run.dataset())
                .labels(labels(run, inputs))
                .latent(inputs.get(GeneratorSession.LATENTS).extent(1))
                .image(image.extent(1), image.extent(2), image.extent(3))
                .provenance(run.provenance(checkpoint, averaged));
    }

    private static List<String> labels(TrainedRun run, Map<String, Shape> inputs) throws IOException {
        if (!inputs.containsKey(GeneratorSession.CLASS_WEIGHTS)) {
            return List.of();
        }
        List<String> labels = run.labels();
        int classes = inputs.get(GeneratorSession.CLASS_WEIGHTS).extent(1);
        if (labels.size() != classes) {
            throw new IOException("%s must name %d classes, as its architecture has, got %s"
                    .formatted(run.files().recipe(), classes, labels));
        }
        return labels;
    }
}
