package dev.ganzoo.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Compares every image with every later one, block by block on all cores. */
final class DuplicateSearch {
    /** What rounding to float32 may add to a squared distance. */
    private static final double SLACK = 1e-4;

    private final Pool images;
    private final double similarity;
    private final float limit;
    private final List<PairTally> tallies = new ArrayList<>();
    private Signatures signatures;

    DuplicateSearch(Pool images, double similarity) {
        this.images = images;
        this.similarity = similarity;
        this.limit = (float) (2 - 2 * similarity + SLACK);
        for (int part = 0; part < images.parts().size(); part++) {
            tallies.add(new PairTally(images, part, part));
        }
        if (images.parts().size() == 2) {
            tallies.add(new PairTally(images, 0, 1));
        }
    }

    NearDuplicates run(ReportListener listener) {
        String phase = "comparing images";
        listener.progress(phase, 0, images.size());
        signatures = Signatures.of(images);
        var done = new AtomicInteger();
        IntStream.range(0, signatures.blocks()).parallel().forEach(block -> {
            compare(block);
            int count = Math.min(images.size() - block * Signatures.BLOCK, Signatures.BLOCK);
            listener.progress(phase, done.addAndGet(count), images.size());
        });
        return new NearDuplicates(
                similarity, tallies.stream().map(PairTally::group).toList());
    }

    /** Of the images in one block with all later images. */
    private void compare(int block) {
        int end = Math.min(images.size(), (block + 1) * Signatures.BLOCK);
        var distances = new float[Signatures.BLOCK];
        for (int index = block * Signatures.BLOCK; index < end; index++) {
            var image = new Compared(index);
            for (int other = block; other < signatures.blocks(); other++) {
                signatures.measure(image.plain, other, distances);
                judge(image, image.plain, false, other, distances);
                signatures.measure(image.mirrored, other, distances);
                judge(image, image.mirrored, true, other, distances);
            }
        }
    }

    private void judge(Compared image, float[] signature, boolean mirrored, int block, float[] distances) {
        int count = Math.min(Signatures.BLOCK, images.size() - block * Signatures.BLOCK);
        for (int place = 0; place < count; place++) {
            int other = block * Signatures.BLOCK + place;
            if (distances[place] <= limit
                    && other > image.index
                    && signatures.isWithin(limit, signature, block, place, distances[place])) {
                image.compare(other, mirrored);
            }
        }
    }

    /** One image that is compared with later ones; its pixels are looked at when they are needed. */
    private final class Compared {
        private final int index;
        private final float[] plain;
        private final float[] mirrored;
        private Likeness likeness;

        Compared(int index) {
            this.index = index;
            this.plain = signatures.of(index, false);
            this.mirrored = signatures.of(index, true);
        }

        void compare(int other, boolean mirror) {
            if (likeness == null) {
                likeness = Likeness.of(images.pixels(index), images.width());
            }
            Likeness found = Likeness.of(images.pixels(other), images.width());
            double asIs = likeness.correlation(found);
            double reversed = likeness.correlation(found.mirrored());
            boolean better = reversed > asIs;
            // A pair that is alike either way comes here twice.
            if (mirror == better && Math.max(asIs, reversed) >= similarity) {
                int group = images.part(index) != images.part(other) ? 2 : images.part(index);
                tallies.get(group).add(index, other, Math.max(asIs, reversed), mirror, likeness.isIdentical(found));
            }
        }
    }
}
