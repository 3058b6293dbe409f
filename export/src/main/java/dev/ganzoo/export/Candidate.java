package dev.ganzoo.export;

import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.files.TemporaryFolder;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A network that was run in ONNX Runtime and found to make the images that the trained one made.
 *
 * @param card with the precision and the error found
 * @param network the ONNX file
 * @param preview a PNG
 */
record Candidate(ModelCard card, byte[] network, byte[] preview) {
    /** Of values in [-1, 1]. Folding and another order of sums move the last bits. */
    private static final double FLOAT_TOLERANCE = 1e-4;

    /** Of values in [-1, 1], of which one grey level of 256 is 0.008. */
    private static final double HALF_TOLERANCE = 0.03;

    /**
     * Runs a network, as a package in a temporary folder, on the golden latents.
     *
     * @throws ParityException if it makes other images
     */
    static Candidate judge(CardBuilder card, OnnxModel model, WeightPrecision precision, Golden golden)
            throws IOException {
        byte[] network = model.weights(precision).bytes();
        double tolerance = precision == WeightPrecision.FP16 ? HALF_TOLERANCE : FLOAT_TOLERANCE;
        card.precision(precision.name().toLowerCase(Locale.ROOT));
        ModelCard draft = card.parity(0, tolerance, golden.count()).build();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path place = folder.path().resolve(draft.name());
            ModelPackage.write(place, draft, Map.of(ModelPackage.GENERATOR, network));
            try (Generator generator = Zoo.on(Device.cpu()).generator(place)) {
                double error = golden.maxAbsoluteError(generator.generate(golden.latents(), golden.classWeights()));
                check(error, tolerance, golden, precision);
                card.parity(error, tolerance, golden.count());
                return new Candidate(card.build(), network, Preview.png(generator));
            }
        }
    }

    private static void check(double error, double tolerance, Golden golden, WeightPrecision precision) {
        // Not error > tolerance, which NaN would pass.
        if (!(error <= tolerance)) {
            throw new ParityException("the exported network (%s) must repeat the %d golden images within %s, got %s"
                    .formatted(precision.name().toLowerCase(Locale.ROOT), golden.count(), tolerance, error));
        }
    }
}
