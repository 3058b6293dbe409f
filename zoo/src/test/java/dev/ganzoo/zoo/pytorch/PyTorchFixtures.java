package dev.ganzoo.zoo.pytorch;

import dev.ganzoo.zoo.architecture.EightConvolutions;
import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PyTorch computed, as {@code src/test/python/write_fixtures.py} and {@code write_classifier_fixtures.py} recorded it; the names
 * are told there. */
public final class PyTorchFixtures {
    /** The recorded runs of whole networks. */
    public static final List<String> NETWORKS = List.of("sngan-projection-nearest", "sngan-projection-bilinear");

    private PyTorchFixtures() {}

    /** One step of a recipe or a variant of it, as {@code src/test/python/write_recipe_steps.py} recorded it. */
    public static Safetensors recipe(String name) {
        return read("recipe-" + name);
    }

    /** Single operations with their gradients. */
    public static Safetensors operations() {
        return read("operations");
    }

    /** A recorded run, one of {@link #NETWORKS}. */
    public static Safetensors network(String name) {
        return read(name);
    }

    /** Searches for images, as {@code src/test/python/write_visualization.py} recorded them. */
    public static Safetensors visualization() {
        return read("visualization");
    }

    /** Losses with penalties of gradients, as {@code src/test/python/write_penalties.py} recorded them. */
    public static Safetensors penalties() {
        return read("penalties");
    }

    /** Attacks on a small classifier, as {@code src/test/python/write_attacks.py} recorded them. */
    public static Safetensors attacks() {
        return read("attacks");
    }

    /** A recorded training of a classifier: {@code rgb} or {@code grey}. */
    public static Safetensors classifier(String images) {
        return read("eight-convolutions-" + images);
    }

    /** Pictures and what torchvision's transforms make of them. */
    public static Safetensors augmentation() {
        return read("augmentation");
    }

    /** The classifier that a recorded training was made with. */
    public static EightConvolutions.Spec classifierSpec(Safetensors classifier) {
        Map<String, String> facts = classifier.metadata();
        return new EightConvolutions.Spec(
                Integer.parseInt(facts.get("classes")),
                Integer.parseInt(facts.get("channels")),
                Integer.parseInt(facts.get("size")),
                Integer.parseInt(facts.get("width")));
    }

    /** The networks that a recorded run was made with. */
    public static ResidualGan.Spec spec(Safetensors network) {
        Map<String, String> facts = network.metadata();
        return new ResidualGan.Spec(
                Integer.parseInt(facts.get("z")),
                Integer.parseInt(facts.get("classes")),
                3,
                Integer.parseInt(facts.get("ngf")),
                Integer.parseInt(facts.get("ndf")),
                facts.get("upsampling").equals("bilinear") ? Interpolation.BILINEAR : Interpolation.NEAREST,
                Boolean.parseBoolean(facts.get("shortcut_pre_activated")),
                facts.get("pool").equals("mean") ? Pooling.MEAN : Pooling.SUM);
    }

    /** The tensors under {@code folder/}, by the rest of their names. */
    public static Map<String, Tensor> under(String folder, Safetensors fixtures) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        fixtures.tensors().forEach((name, tensor) -> {
            if (name.startsWith(folder + "/")) {
                found.put(name.substring(folder.length() + 1), tensor);
            }
        });
        return found;
    }

    /** Labels (N) as one-hot rows (N, classes). */
    public static Tensor oneHot(Tensor labels, int classes) {
        Tensor rows = Tensor.zeros(labels.size(), classes);
        for (int i = 0; i < labels.size(); i++) {
            rows.data()[i * classes + (int) labels.data()[i]] = 1;
        }
        return rows;
    }

    private static Safetensors read(String name) {
        return Fixtures.read(PyTorchFixtures.class, name);
    }
}
