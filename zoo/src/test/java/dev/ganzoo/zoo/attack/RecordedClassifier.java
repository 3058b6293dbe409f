package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.MlpNetwork;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;

/** The small classifier of {@code src/test/python/write_attacks.py} and what PyTorch computed with it. */
final class RecordedClassifier {
    static final Safetensors FIXTURE = PyTorchFixtures.attacks();
    static final MlpNetwork NETWORK =
            MlpNetwork.of(new ImageShape(3, 6, 6), tensor("w1"), tensor("b1"), tensor("w2"), tensor("b2"));

    private RecordedClassifier() {}

    static Tensor tensor(String name) {
        return FIXTURE.tensor(name);
    }

    static int[] labels(String name) {
        float[] values = tensor(name).data();
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) values[i];
        }
        return labels;
    }

    static AttackRequest attack() {
        return AttackRequest.of(NETWORK, List.of(), tensor("images")).labels(labels("labels"));
    }

    /** On more images, some of which are misclassified. */
    static AttackRequest attackMore() {
        return AttackRequest.of(NETWORK, List.of(), tensor("control/images")).labels(labels("control/labels"));
    }
}
