package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one ONNX Runtime of the process.
 *
 * <p>All sessions share one pool of threads, as many as the machine has cores: with a pool each, two models at work would
 * have twice as many threads as cores and both be slower. A session that asks for a number of threads gets its own pool.
 *
 * <p>Threads of the shared pool sleep while they wait: spinning, ONNX Runtime's default, makes nothing faster on an idle
 * machine and much slower beside other work (docs/performance.md).
 */
final class OrtRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OrtRuntime.class);

    /** The setting that says in which folder weights outside a network's file lie. */
    static final String EXTERNAL_WEIGHTS = "session.model_external_initializers_file_folder_path";

    /** Where weights outside a network's file are looked for: in vain. Otherwise it would be the working directory. */
    private static final String NO_FOLDER = "weights-outside-the-model-are-refused";

    private OrtRuntime() {}

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    static boolean hasCuda() {
        environment();
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    /** Options for a session; the caller closes them. {@code threads} 0 means the shared pool. */
    static SessionOptions options(Device device, int threads) throws OrtException {
        environment();
        SessionOptions options = new SessionOptions();
        try {
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            } else if (Holder.sharedPool) {
                options.disablePerSessionThreads();
            }
            options.setInterOpNumThreads(1);
            options.addConfigEntry(EXTERNAL_WEIGHTS, NO_FOLDER);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            if (device.kind() == Device.Kind.CUDA) {
                addCuda(options, device.index());
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** Full float32 arithmetic, so that a GPU's images are the CPU's; memory grows by what is needed, not doubling. */
    private static void addCuda(SessionOptions options, int index) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
            cuda.add("use_tf32", "0");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
        }
    }

    private static final class Holder {
        static boolean sharedPool = true;
        static final OrtEnvironment ENVIRONMENT = create();

        private static OrtEnvironment create() {
            OrtEnvironment environment = createOrFind();
            surviveExit();
            return environment;
        }

        /**
         * ONNX Runtime's Java library frees the environment in a shutdown hook, whatever runs at that moment: a process
         * that exits during a run, by Ctrl-C for instance, nearly always crashes. The environment counts its references
         * and Java holds one, so a second one that is never given back keeps it until the process ends. No public method
         * takes one. Should a later version not have this one, exits are as they were.
         */
        private static void surviveExit() {
            try {
                Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
                Method create =
                        OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
                api.setAccessible(true);
                create.setAccessible(true);
                create.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(), "ganzoo");
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.debug("ONNX Runtime may crash when the process exits during a run", e);
            }
        }

        private static OrtEnvironment createOrFind() {
            try (var threading = new OrtEnvironment.ThreadingOptions()) {
                threading.setGlobalSpinControl(false);
                return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "ganzoo", threading);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime does not start: " + e.getMessage(), e);
            } catch (IllegalStateException e) {
                // Other code of the process was first and made it without a shared pool.
                sharedPool = false;
                return OrtEnvironment.getEnvironment();
            }
        }
    }
}
