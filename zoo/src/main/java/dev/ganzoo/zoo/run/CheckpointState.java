package dev.ganzoo.zoo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.json.JsonFiles;
import java.util.Optional;

/**
 * What is known of a run at a checkpoint, beside the tensors.
 *
 * @param seconds of training so far
 * @param machine what it was trained on
 * @param diversity how much samples differed when they differed most, 0 if there are none
 * @param best the best weights so far, where they are measured
 */
public record CheckpointState(double seconds, String machine, double diversity, Optional<Best> best) {
    /**
     * The best weights.
     *
     * @param step after how many steps they were there
     * @param quality how good they are: more is better
     * @param by what that is, for example {@code accuracy/test}; qualities by one thing are comparable
     * @param since how many measurements in a row found nothing better after that
     */
    public record Best(long step, double quality, String by, int since) {}

    static CheckpointState read(JsonNode json) {
        JsonNode best = json.path("best");
        return new CheckpointState(
                json.path("seconds").asDouble(),
                json.path("machine").asText(""),
                json.path("diversity").asDouble(),
                best.isObject()
                        ? Optional.of(new Best(
                                best.path("step").asLong(),
                                best.path("quality").asDouble(),
                                best.path("by").asText(""),
                                best.path("since").asInt()))
                        : Optional.empty());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonFiles.object()
                .put("seconds", seconds)
                .put("machine", machine)
                .put("diversity", diversity);
        best.ifPresent(found -> json.putObject("best")
                .put("step", found.step())
                .put("quality", found.quality())
                .put("by", found.by())
                .put("since", found.since()));
        return json;
    }
}
