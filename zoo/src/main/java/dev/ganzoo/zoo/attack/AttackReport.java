package dev.ganzoo.zoo.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * The numbers of an {@link AttackResult}, for programs.
 *
 * @param attack its name
 * @param settings all its options
 * @param goal where predictions were to go
 * @param classNames the names of the classes, which the images' numbers are indices of
 * @param accuracyBefore the fraction of images predicted as their label before the attack
 * @param accuracyAfter the same after it
 * @param accuracyRounded the same after rounding to 8 bits
 * @param successRate the fraction of images with which the attack reached its goal
 * @param changeRate the fraction of images whose prediction it changed, whatever their labels
 * @param meanLinf the mean largest change of a value
 * @param meanL2 the mean Euclidean length of the change
 * @param zeroGradients how many images had no gradient at all
 * @param images what became of each
 */
public record AttackReport(
        String attack,
        Map<String, String> settings,
        String goal,
        List<String> classNames,
        double accuracyBefore,
        double accuracyAfter,
        double accuracyRounded,
        double successRate,
        double changeRate,
        double meanLinf,
        double meanL2,
        int zeroGradients,
        List<AttackedImage> images) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static AttackReport of(AttackResult result) {
        return new AttackReport(
                result.attack().name(),
                AttackOptions.values(result.attack()),
                result.goal().describe(result.classNames()),
                result.classNames(),
                result.accuracyBefore(),
                result.accuracyAfter(),
                result.accuracyRounded(),
                result.successRate(),
                result.changeRate(),
                result.meanNorm(Norm.LINF),
                result.meanNorm(Norm.L2),
                result.zeroGradients(),
                result.images());
    }

    /** As JSON. */
    public String json() {
        return text(this);
    }

    static String text(Record report) {
        try {
            return JSON.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}
