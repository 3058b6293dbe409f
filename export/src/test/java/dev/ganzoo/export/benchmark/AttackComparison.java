package dev.ganzoo.export.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.export.ClassifierImport;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.attack.AttackRequest;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.attack.Norm;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * GanZoo's attacks beside those of {@code src/test/python/compare_attacks.py} on the same weights and images, as a table. The
 * argument is the folder that the script wrote.
 */
public final class AttackComparison {
    private final Path folder;
    private final JsonNode torch;
    private final Tensor images;
    private final int[] labels;
    private final int[] predictions;

    private AttackComparison(Path folder) throws IOException {
        Safetensors data = Safetensors.read(folder.resolve("images.safetensors"));
        this.folder = folder;
        this.torch = new ObjectMapper().readTree(folder.resolve("torch.json").toFile());
        this.images = data.tensor("images");
        this.labels = integers(data.tensor("labels"));
        this.predictions = largest(data.tensor("logits"));
    }

    public static void main(String[] arguments) throws IOException {
        new AttackComparison(Path.of(arguments[0])).run();
    }

    private void run() throws IOException {
        Path place = Files.createTempDirectory("ganzoo-comparison").resolve("comparison.zip");
        ClassifierImport.of(folder.resolve("classifier.onnx")).layers(List.of()).write(place);
        try (Classifier classifier = Zoo.on(Device.cpu()).classifier(place)) {
            int[] own = largest(classifier.logits(images));
            long same = 0;
            for (int i = 0; i < own.length; i++) {
                same += own[i] == predictions[i] ? 1 : 0;
            }
            System.out.printf("equal predictions on the test set: %d of %d%n", same, own.length);
            System.out.println(
                    "| attack | accuracy, GanZoo | accuracy, PyTorch | mean L2, GanZoo | mean L2, PyTorch |");
            System.out.println("|---|---|---|---|---|");
            for (Map.Entry<String, UnaryOperator<AttackRequest>> attack :
                    attacks().entrySet()) {
                compare(classifier, attack.getKey(), attack.getValue());
            }
        } finally {
            Files.deleteIfExists(place);
            Files.deleteIfExists(place.getParent());
        }
    }

    private static Map<String, UnaryOperator<AttackRequest>> attacks() {
        Map<String, UnaryOperator<AttackRequest>> attacks = new LinkedHashMap<>();
        attacks.put("fgsm", request -> linf(request, "fgsm"));
        attacks.put(
                "pgd",
                request ->
                        fromImage(linf(request, "pgd")).option("step", "2/255").option("steps", 20));
        attacks.put(
                "pgd-l2",
                request -> fromImage(l2(request, "pgd")).option("step", 0.1).option("steps", 20));
        attacks.put("apgd", request -> fromImage(linf(request, "apgd")).option("steps", 50));
        attacks.put("apgd-l2", request -> fromImage(l2(request, "apgd")).option("steps", 50));
        attacks.put(
                "deepfool",
                request -> request.using("deepfool").option("norm", "l2").option("steps", 50));
        attacks.put(
                "carlini-wagner",
                request -> request.using("carlini-wagner").option("steps", 100).option("searches", 4));
        return attacks;
    }

    private static AttackRequest linf(AttackRequest request, String attack) {
        return request.using(attack).option("norm", "linf").option("epsilon", "8/255");
    }

    private static AttackRequest l2(AttackRequest request, String attack) {
        return request.using(attack).option("norm", "l2").option("epsilon", 0.5);
    }

    private static AttackRequest fromImage(AttackRequest request) {
        return request.option("randomStart", false).option("earlyStop", false);
    }

    private void compare(Classifier classifier, String name, UnaryOperator<AttackRequest> attack) {
        JsonNode expected = torch.get(name);
        int count = expected.get("count").asInt();
        AttackResult result = attack.apply(
                        classifier.attack(first(images, count)).labels(Arrays.copyOf(labels, count)))
                .run();
        System.out.printf(
                "| %s (%d images) | %.1f %% | %.1f %% | %.4f | %.4f |%n",
                name,
                count,
                100 * result.accuracyAfter(),
                100 * expected.get("accuracy").asDouble(),
                meanNorm(result, count),
                expected.get("l2").asDouble());
    }

    /** Over the images that were classified rightly before. */
    private double meanNorm(AttackResult result, int count) {
        Tensor delta = result.delta();
        int width = delta.size() / count;
        double sum = 0;
        int right = 0;
        for (int i = 0; i < count; i++) {
            if (predictions[i] == labels[i]) {
                sum += Norm.L2.of(Arrays.copyOfRange(delta.data(), i * width, (i + 1) * width));
                right++;
            }
        }
        return sum / right;
    }

    private static Tensor first(Tensor rows, int count) {
        int[] shape = rows.shape().clone();
        shape[0] = count;
        return Tensor.of(Arrays.copyOf(rows.data(), rows.size() / rows.shape()[0] * count), shape);
    }

    private static int[] integers(Tensor values) {
        int[] integers = new int[values.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.round(values.data()[i]);
        }
        return integers;
    }

    private static int[] largest(Tensor logits) {
        int classes = logits.shape()[1];
        int[] largest = new int[logits.shape()[0]];
        for (int i = 0; i < logits.size(); i++) {
            int row = i / classes;
            largest[row] = logits.data()[i] > logits.data()[row * classes + largest[row]] ? i % classes : largest[row];
        }
        return largest;
    }
}
