package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loading onto the device that was asked for, or where none was onto a GPU that works, else the CPU. */
final class DeviceChoice {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);
    private static final AtomicBoolean TOLD_NO_CUDA = new AtomicBoolean();

    private DeviceChoice() {}

    /** Loads onto a device. */
    @FunctionalInterface
    interface Loading<S> {
        S on(Device device) throws OrtException;
    }

    /** A network that can be freed again. */
    interface Loaded extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Loads a network.
     *
     * @param file of the package, for messages
     * @param warmUp a run, which on a GPU belongs to loading: a GPU without cuDNN fails not before it runs
     */
    static <S extends Loaded> S load(
            ModelPackage model, String file, Device device, Loading<S> loading, Consumer<S> warmUp) {
        return switch (device.kind()) {
            case CPU -> onCpu(model, file, loading);
            case CUDA -> onCuda(device, loading, warmUp);
            case AUTO -> automatic(model, file, loading, warmUp);
        };
    }

    private static <S extends Loaded> S automatic(
            ModelPackage model, String file, Loading<S> loading, Consumer<S> warmUp) {
        if (OrtRuntime.hasCuda()) {
            try {
                return onCuda(Device.cuda(0), loading, warmUp);
            } catch (DeviceUnavailableException e) {
                LOG.warn("{}; running on the CPU", e.getMessage());
            }
        } else if (!TOLD_NO_CUDA.getAndSet(true)) {
            LOG.info("this build of ONNX Runtime has no CUDA; running on the CPU");
        }
        return onCpu(model, file, loading);
    }

    private static <S extends Loaded> S onCpu(ModelPackage model, String file, Loading<S> loading) {
        try {
            return loading.on(Device.cpu());
        } catch (OrtException e) {
            throw new InvalidModelException(
                    "%s: %s does not load: %s".formatted(model.location(), file, e.getMessage()), e);
        }
    }

    private static <S extends Loaded> S onCuda(Device device, Loading<S> loading, Consumer<S> warmUp) {
        if (!OrtRuntime.hasCuda()) {
            throw new DeviceUnavailableException(
                    "device %s is not available: this build of ONNX Runtime has no CUDA; build with -Pcuda"
                            .formatted(device),
                    null);
        }
        S loaded = null;
        try {
            loaded = loading.on(device);
            warmUp.accept(loaded);
            return loaded;
        } catch (OrtException | InferenceException e) {
            if (loaded != null) {
                loaded.close();
            }
            throw new DeviceUnavailableException(
                    "device %s is not available: %s".formatted(device, firstLine(e.getMessage())), e);
        }
    }

    private static String firstLine(String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }
}
