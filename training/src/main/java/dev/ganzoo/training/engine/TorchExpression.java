package dev.ganzoo.training.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.ganzoo.zoo.graph.Extent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An operation of libtorch that DJL has no call for, as TorchScript: an expression of tensors, which libtorch compiles,
 * runs and differentiates as it does its own calls.
 *
 * <p>Lives as long as the process.
 */
final class TorchExpression {
    /**
     * The pickled object of a module without parameters, protocol 2: an instance of {@code __torch__.Expression} whose only
     * attribute is {@code training}, true.
     */
    private static final byte[] OBJECT = ("\u0080\u0002c__torch__\nExpression\n)\u0081}X\u0008\0\0\0training\u0088sb.")
            .getBytes(StandardCharsets.ISO_8859_1);

    /** The pickled empty tuple of the constants. */
    private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

    private final Model model;

    private TorchExpression(Model model) {
        this.model = model;
    }

    /** An expression of the tensors that {@code arguments} names, in TorchScript. */
    static TorchExpression of(String expression, List<String> arguments) {
        return of(List.of(), expression, arguments);
    }

    /** The same after some statements. */
    static TorchExpression of(List<String> statements, String expression, List<String> arguments) {
        Model model = Model.newInstance("Expression", Devices.ENGINE);
        try {
            model.load(new ByteArrayInputStream(archive(source(statements, expression, arguments))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalArgumentException("libtorch does not take " + statements + " " + expression, e);
        }
        return new TorchExpression(model);
    }

    /** The value, owned by {@code scope}. */
    NDArray of(NDManager scope, NDList arguments) {
        NDList result = model.getBlock().forward(new ParameterStore(scope, false), arguments, true);
        return Scopes.move(result.singletonOrThrow(), scope);
    }

    /** Height and width as a list in TorchScript. */
    static String list(Extent extent) {
        return "[%d, %d]".formatted(extent.height(), extent.width());
    }

    private static String source(List<String> statements, String expression, List<String> arguments) {
        String parameters =
                arguments.stream().map(name -> ", " + name + ": Tensor").collect(Collectors.joining());
        String before =
                statements.stream().map(statement -> "    " + statement + "\n").collect(Collectors.joining());
        return """
                class Expression(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Expression%s) -> Tensor:
                %s    return %s
                """.formatted(parameters, before, expression);
    }

    /** The archive that {@code torch.jit.load} reads. */
    private static byte[] archive(String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", OBJECT);
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("expression/" + name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
