package dev.ganzoo.zoo.graph;

/** A height and a width in pixels: of a kernel, a stride or a padding. */
public record Extent(int height, int width) {
    /** The same in both directions. */
    public static Extent square(int side) {
        return new Extent(side, side);
    }

    @Override
    public String toString() {
        return height == width ? Integer.toString(height) : height + "×" + width;
    }
}
