package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.runtime.FeatureNetwork;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A loaded extractor.
 *
 * @param title what it is, so that no one takes its numbers for another's
 * @param classNames what its logits stand for; empty if that is not known
 */
record OpenExtractor(
        String title,
        List<String> classNames,
        FeatureNetwork network,
        Resizing resizing,
        Scaling scaling,
        int height,
        int width)
        implements AutoCloseable {

    /** What the network makes of some pictures of any sizes. */
    FeatureNetwork.Answer answer(List<Picture> pictures) {
        int channels = network.channels();
        int plane = height * width;
        Tensor images = Tensor.zeros(pictures.size(), channels, height, width);
        IntStream.range(0, pictures.size()).parallel().forEach(i -> {
            int offset = i * channels * plane;
            Picture picture = pictures.get(i).withChannels(channels);
            resizing.apply(picture, height, width, images.data(), offset);
            scaling.apply(images.data(), offset, channels, plane);
        });
        return network.run(images);
    }

    /** What a protocol has to say of it. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("extractor", title);
        facts.put("extractor sha256", network.sha256());
        facts.put("layer", network.features());
        facts.put(
                "resize",
                "each image to %d × %d, stretched, %s where its size is another"
                        .formatted(height, width, resizing.description()));
        facts.put("pixels", scaling.description());
        return facts;
    }

    @Override
    public void close() {
        network.close();
    }
}
