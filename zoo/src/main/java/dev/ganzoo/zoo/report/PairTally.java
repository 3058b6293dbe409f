package dev.ganzoo.zoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs found in one split or across two: how many, and for each image the closest. Its size does not depend on the
 * number of pairs, nor its result on their order. Safe for use by several threads.
 */
final class PairTally {
    private final Pool images;
    private final int firstPart;
    private final int secondPart;
    private final double[] best;
    private final int[] partner;
    private final int[] chain;
    private final BitSet mirrored = new BitSet();
    private long pairs;
    private long identicalPairs;
    private long mirroredPairs;
    private long contradictoryPairs;

    PairTally(Pool images, int firstPart, int secondPart) {
        this.images = images;
        this.firstPart = firstPart;
        this.secondPart = secondPart;
        this.best = new double[images.size()];
        this.partner = new int[images.size()];
        this.chain = new int[images.size()];
        Arrays.setAll(chain, i -> i);
    }

    synchronized void add(int one, int other, double similarity, boolean mirror, boolean identical) {
        pairs++;
        identicalPairs += identical ? 1 : 0;
        mirroredPairs += mirror ? 1 : 0;
        contradictoryPairs += label(one).equals(label(other)) ? 0 : 1;
        chain[end(one)] = end(other);
        keep(one, other, similarity, mirror);
        keep(other, one, similarity, mirror);
    }

    private String label(int image) {
        return images.parts().get(images.part(image)).classNames().get(images.label(image));
    }

    private void keep(int image, int other, double similarity, boolean mirror) {
        if (similarity > best[image] || similarity == best[image] && other < partner[image]) {
            best[image] = similarity;
            partner[image] = other;
            mirrored.set(image, mirror);
        }
    }

    private int end(int image) {
        int end = image;
        while (chain[end] != end) {
            chain[end] = chain[chain[end]];
            end = chain[end];
        }
        return end;
    }

    synchronized NearDuplicates.Group group() {
        Map<Integer, Integer> lengths = new HashMap<>();
        Map<Integer, Integer> closest = new HashMap<>();
        int[] paired = new int[images.parts().size()];
        for (int image = 0; image < best.length; image++) {
            if (best[image] > 0) {
                paired[images.part(image)]++;
                int end = end(image);
                lengths.merge(end, 1, Integer::sum);
                closest.merge(end, image, (a, b) -> best[b] > best[a] ? b : a);
            }
        }
        List<NearDuplicates.Pair> shown = new ArrayList<>();
        closest.forEach((end, image) -> shown.add(pair(image, lengths.get(end))));
        shown.sort(Comparator.comparingDouble(NearDuplicates.Pair::similarity)
                .reversed()
                .thenComparingInt(pair -> pair.first().index()));
        return new NearDuplicates.Group(
                images.parts().get(firstPart).split(),
                images.parts().get(secondPart).split(),
                pairs,
                identicalPairs,
                mirroredPairs,
                contradictoryPairs,
                paired[firstPart],
                paired[secondPart],
                shown);
    }

    private NearDuplicates.Pair pair(int image, int length) {
        int first = Math.min(image, partner[image]);
        int second = Math.max(image, partner[image]);
        return new NearDuplicates.Pair(image(first), image(second), best[image], mirrored.get(image), length);
    }

    private NearDuplicates.Image image(int index) {
        return new NearDuplicates.Image(
                images.parts().get(images.part(index)).split(), images.within(index), images.label(index));
    }
}
