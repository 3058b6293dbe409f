package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.loss.Verdict;
import dev.ganzoo.zoo.architecture.ClassHead;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.gradient.Gradients;
import dev.ganzoo.zoo.random.Randomness;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The discriminator as the losses ask it. Where they ask for its gradient by the image, that is a further output of the same
 * graph, from the same pass: ordinary operations, through which one backward pass goes as through all others.
 */
final class Discriminator {
    private static final String IMAGE = "image";

    private final Network network;
    private Network differentiated;

    Discriminator(Network network) {
        this.network = network;
    }

    /** The answers about some images, as inputs of a loss; dropout draws from {@code noise}. */
    Map<String, NDArray> answer(NDManager scope, Aim.Question question, Shown shown, Randomness noise) {
        Map<String, NDArray> known = new HashMap<>(shown.numbers());
        known.put(Verdict.CLASS_WEIGHTS, shown.classWeights());
        Network asked = question.answers().contains(Verdict.IMAGE_GRADIENT) ? differentiated() : network;
        Map<String, NDArray> inputs = Map.of(IMAGE, shown.images(), Verdict.CLASS_WEIGHTS, shown.classWeights());
        Randomness ofView = noise.forPurpose(question.view().toString());
        known.putAll(asked.outputs(scope, Mode.TRAINING, inputs, ofView));
        Map<String, NDArray> answers = new LinkedHashMap<>();
        question.answers().forEach(name -> answers.put(Aim.input(question.view(), name), known.get(name)));
        return answers;
    }

    /** The discriminator as a classifier of so many classes, if it tells them. */
    Optional<ClassifierNetwork> classifier(int classes, NDManager manager) {
        return ClassHead.classifier(network.graph(), classes)
                .map(graph -> new ClassifierNetwork(
                        network.sharing(graph), new LogitLoss(Objectives.crossEntropy(), classes, manager)));
    }

    private Network differentiated() {
        if (differentiated == null) {
            differentiated = network.sharing(withGradient(network.graph()));
        }
        return differentiated;
    }

    private static Graph withGradient(Graph graph) {
        Map<String, Node> outputs = new LinkedHashMap<>(graph.outputs());
        Node logit = outputs.get(Verdict.LOGIT);
        Node image = graph.inputs().stream()
                .filter(input -> input.name().equals(IMAGE))
                .findFirst()
                .orElseThrow();
        Node ones = Node.constant(1).expandLike(logit);
        outputs.put(Verdict.IMAGE_GRADIENT, Gradients.of(logit, ones, image, Mode.TRAINING));
        return Graph.of(graph.name(), outputs);
    }
}
