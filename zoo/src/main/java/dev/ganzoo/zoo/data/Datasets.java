package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.text.Suggestions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The datasets by name: the published ones of the registry, and any folder of images by its path.
 *
 * <pre>{@code
 * Dataset cifar = Datasets.load("cifar10", Split.TRAIN);
 * Dataset mine = Datasets.load("photos/cats-and-dogs", Split.TRAIN, LoadOptions.defaults().size(64));
 * }</pre>
 *
 * <p>The files of a published dataset are looked for
 *
 * <ol>
 *   <li>in the folder given by {@link LoadOptions#folder(Path)}, and then nowhere else;
 *   <li>in the cache: {@code datasets} in the folder named by the system property {@code ganzoo.cache}, else by the
 *       environment variable {@code GANZOO_CACHE}, else in {@code ~/.cache/ganzoo};
 *   <li>in the folder of datasets named by the environment variable {@code GANZOO_DATA};
 *   <li>where a system package puts them ({@code /usr/share/datasets/fashion-mnist} on Debian);
 * </ol>
 *
 * and else downloaded to the cache. Wherever they come from, their content must have the published SHA-256.
 *
 * <p>A folder of images has one subfolder a class, with PNG, JPEG, BMP or GIF images (the first frame) at any depth
 * below it. Where it has a subfolder {@code train}, the classes are looked for in there, and those of the test split in
 * {@code test}. Images may be grey, RGB or RGBA (laid on white), and of any size: their centre square is resampled.
 */
public final class Datasets {
    private static final List<String> FASHION = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final Map<String, DatasetLoader> REGISTRY = register(List.of(cifar10(), fashionMnist(), mnist()));

    private Datasets() {}

    /** The names of the published datasets. */
    public static List<String> names() {
        return List.copyOf(REGISTRY.keySet());
    }

    /**
     * A published dataset, or a folder of images.
     *
     * @param name one of {@link #names}, or the path of a folder
     * @throws IllegalArgumentException if it is neither; the message suggests the nearest name
     */
    public static DatasetLoader named(String name) {
        return named(name, List.of());
    }

    /**
     * The same, where a program has datasets of its own.
     *
     * @param own found by their names, too
     * @throws IllegalArgumentException as {@link #named(String)}
     */
    public static DatasetLoader named(String name, List<DatasetLoader> own) {
        DatasetLoader published = REGISTRY.get(name);
        if (published != null) {
            return published;
        }
        for (DatasetLoader each : own) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        if (Files.isDirectory(Path.of(name))) {
            return new ImageFolder(Path.of(name));
        }
        var known = new ArrayList<>(names());
        own.forEach(each -> known.add(each.name()));
        known.add("or the path of a folder of images");
        throw new IllegalArgumentException(Suggestions.unknown("dataset", name, known));
    }

    /**
     * Loads a split as the dataset has it, downloading it silently if it is not on this machine.
     *
     * @param name as for {@link #named}
     * @throws IllegalArgumentException if there is no such dataset
     * @throws IOException if a file is missing, cut short or altered, or the download fails
     */
    public static Dataset load(String name, Split split) throws IOException {
        return load(name, split, LoadOptions.defaults());
    }

    /**
     * Loads a split.
     *
     * @param name as for {@link #named}
     * @throws IllegalArgumentException if there is no such dataset
     * @throws IOException if a file is missing, cut short or altered, or the download fails
     */
    public static Dataset load(String name, Split split, LoadOptions options) throws IOException {
        return named(name).load(split, options);
    }

    static Map<String, DatasetLoader> register(List<? extends DatasetLoader> loaders) {
        var registry = new LinkedHashMap<String, DatasetLoader>();
        for (DatasetLoader loader : loaders) {
            if (registry.putIfAbsent(loader.name(), loader) != null) {
                throw new IllegalStateException("dataset names must differ, got %s twice".formatted(loader.name()));
            }
        }
        return registry;
    }

    private static PublishedDataset cifar10() {
        return new PublishedDataset(
                "cifar10",
                "60,000 colour photographs of 10 kinds of things, 32 × 32 (Krizhevsky 2009)",
                List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
                List.of("cifar10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin"),
                List.of(),
                Map.of(
                        Split.TRAIN,
                        List.of(
                                cifar(
                                        "data_batch_1",
                                        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                                cifar(
                                        "data_batch_2",
                                        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                                cifar(
                                        "data_batch_3",
                                        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                                cifar(
                                        "data_batch_4",
                                        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                                cifar(
                                        "data_batch_5",
                                        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add")),
                        Split.TEST,
                        List.of(cifar(
                                "test_batch", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"))),
                Format.CIFAR,
                new Origin.TarGz(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")));
    }

    private static SourceFile cifar(String name, String sha256) {
        return new SourceFile(name + ".bin", 30_730_000, sha256);
    }

    private static PublishedDataset fashionMnist() {
        return new PublishedDataset(
                "fashion-mnist",
                "70,000 grey pictures of 10 kinds of clothes, 28 × 28 (Xiao, Rasul and Vollgraf 2017)",
                FASHION,
                List.of("fashion-mnist", "FashionMNIST/raw"),
                List.of(Path.of("/usr/share/datasets/fashion-mnist")),
                Map.of(
                        Split.TRAIN,
                        idx(
                                "train",
                                60_000,
                                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                        Split.TEST,
                        idx(
                                "t10k",
                                10_000,
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                Format.IDX,
                new Origin.GzippedFiles(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")));
    }

    private static PublishedDataset mnist() {
        return new PublishedDataset(
                "mnist",
                "70,000 grey pictures of handwritten digits, 28 × 28 (LeCun, Cortes and Burges 1998)",
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                List.of("mnist", "MNIST/raw"),
                List.of(),
                Map.of(
                        Split.TRAIN,
                        idx(
                                "train",
                                60_000,
                                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                        Split.TEST,
                        idx(
                                "t10k",
                                10_000,
                                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
                Format.IDX,
                // The first publisher's own page has not served the files for years; this copy is PyTorch's.
                new Origin.GzippedFiles(URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")));
    }

    private static List<SourceFile> idx(String split, long count, String imagesSha256, String labelsSha256) {
        return List.of(
                new SourceFile(split + "-images-idx3-ubyte", 16 + count * 28 * 28, imagesSha256),
                new SourceFile(split + "-labels-idx1-ubyte", 8 + count, labelsSha256));
    }
}
