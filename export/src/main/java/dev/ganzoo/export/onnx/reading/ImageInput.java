package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.export.onnx.ReadOptions.ImageShape;
import dev.ganzoo.export.onnx.ReadOptions.Layout;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The input of a model that is the image.
 *
 * @param name in the file
 * @param image the input of the graph, (N, C, H, W)
 * @param value what the name stands for: the image, its channels last if the file has them so
 * @param fixedBatch the batch size that the file fixes; 0 if it leaves it open
 * @param channelsLast whether the file's input is (N, H, W, C)
 */
record ImageInput(String name, Node image, Traced value, int fixedBatch, boolean channelsLast) {
    private static final int MOST = 1 << 16;

    /** The only input of {@code graph} that is needed and not given by an initialiser. */
    static ImageInput of(GraphProto graph, Set<String> needed, ReadOptions options) {
        Set<String> initializers =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !initializers.contains(input.getName()) && needed.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new OnnxReadException("a classifier must have one input, the image, got "
                    + inputs.stream().map(ValueInfoProto::getName).toList());
        }
        return of(inputs.get(0), options);
    }

    private static ImageInput of(ValueInfoProto input, ReadOptions options) {
        String name = input.getName();
        TypeProto type = input.getType();
        if (!type.hasTensorType() || !isFloat(type.getTensorType().getElemType())) {
            throw new OnnxReadException("input \"%s\" must be a tensor of floats".formatted(name));
        }
        // Without a shape, images are taken to be as others have them.
        long[] axes = type.getTensorType().hasShape() ? axes(type.getTensorType()) : new long[4];
        if (axes.length < 2 || axes.length > 4) {
            throw new OnnxReadException(
                    "input \"%s\" must be images of 4 axes, of 3 without channels, or of 2 as lists, got %d"
                            .formatted(name, axes.length));
        }
        long[] extents = switch (axes.length) {
            case 4 -> axes;
            case 3 -> new long[] {axes[0], 1, axes[1], axes[2]};
            default -> new long[] {axes[0], 0, 0, 0};
        };
        boolean last = axes.length != 3 && isChannelsLast(extents, options.layout());
        int[] places = last ? new int[] {3, 1, 2} : new int[] {1, 2, 3};
        ImageShape shape = shape(name, extents, places, options);
        Node image =
                Node.input(ImportedModel.IMAGE, Shape.of(Shape.N, shape.channels(), shape.height(), shape.width()));
        Node seen = last ? Node.apply(new Op.Transpose(List.of(0, 2, 3, 1)), image) : image;
        if (axes.length == 3) {
            seen = seen.reshape(Shape.N, shape.height(), shape.width());
        } else if (axes.length == 2) {
            seen = list(seen, shape, name, axes[1]);
        }
        // Files of some exporters say -1 or 0 for an open batch.
        int batch = extents[0] > 0 && extents[0] <= MOST ? (int) extents[0] : 0;
        return new ImageInput(name, image, Traced.floats(seen), batch, last);
    }

    /** The declared extents; 0 for those left open. */
    private static long[] axes(TypeProto.Tensor type) {
        return type.getShape().getDimList().stream()
                .mapToLong(dimension -> dimension.hasDimValue() ? dimension.getDimValue() : 0)
                .toArray();
    }

    private static Node list(Node image, ImageShape shape, String name, long extent) {
        int size = shape.channels() * shape.height() * shape.width();
        if (extent > 0 && extent != size) {
            throw new OnnxReadException("input \"%s\" must be lists of %d numbers as in the file, got images of %s"
                    .formatted(name, extent, shape));
        }
        return image.reshape(Shape.N, size);
    }

    private static boolean isFloat(int type) {
        try {
            return Kind.of(type) == Kind.FLOAT;
        } catch (Unsupported e) {
            return false;
        }
    }

    private static boolean isChannelsLast(long[] extents, Layout layout) {
        return switch (layout) {
            case CHANNELS_FIRST -> false;
            case CHANNELS_LAST -> true;
            case AUTO -> isChannels(extents[3]) && !isChannels(extents[1]);
        };
    }

    private static boolean isChannels(long extent) {
        return extent == 1 || extent == 3;
    }

    private static ImageShape shape(String name, long[] extents, int[] places, ReadOptions options) {
        int[] given = options.imageShape()
                .map(shape -> new int[] {shape.channels(), shape.height(), shape.width()})
                .orElse(new int[3]);
        String[] called = {"channels", "height", "width"};
        int[] chosen = new int[3];
        for (int i = 0; i < 3; i++) {
            long inFile = extents[places[i]];
            if (inFile > 0 && given[i] > 0 && inFile != given[i]) {
                throw new OnnxReadException("the %s of input \"%s\" must be %d as in the file, got %d"
                        .formatted(called[i], name, inFile, given[i]));
            }
            long extent = inFile > 0 ? inFile : given[i];
            if (extent == 0) {
                throw new OnnxReadException(
                        "the file leaves the %s of input \"%s\" open; give the input shape, for example 3,32,32"
                                .formatted(called[i], name));
            }
            if (extent > MOST) {
                throw new OnnxReadException(
                        "the %s of input \"%s\" must be at most %d, got %d".formatted(called[i], name, MOST, extent));
            }
            chosen[i] = (int) extent;
        }
        if (Budget.product(chosen) > Budget.MOST_ELEMENTS) {
            throw new OnnxReadException("images must have at most %d numbers, got %d × %d × %d"
                    .formatted(Budget.MOST_ELEMENTS, chosen[0], chosen[1], chosen[2]));
        }
        return new ImageShape(chosen[0], chosen[1], chosen[2]);
    }
}
