package dev.ganzoo.zoo.runtime;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.model.InvalidModelException;
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
     * @param location of the network, for messages
     * @param warmUp a run, which on a GPU belongs to loading: a GPU without cuDNN fails not before it runs
     */
    static <S extends Loaded> S load(String location, Device device, Loading<S> loading, Consumer<S> warmUp) {
        return switch (device.kind()) {
            case CPU -> onCpu(location, loading);
            case CUDA -> onCuda(device, loading, warmUp);
            case AUTO -> automatic(location, loading, warmUp);
        };
    }

    private static <S extends Loaded> S automatic(String location, Loading<S> loading, Consumer<S> warmUp) {
        if (OrtRuntime.hasCuda()) {
            try {
                return onCuda(Device.cuda(0), loading, warmUp);
            } catch (DeviceUnavailableException e) {
                LOG.warn("{}; running on the CPU", e.getMessage());
            }
        } else if (!TOLD_NO_CUDA.getAndSet(true)) {
            LOG.info("this build of ONNX Runtime has no CUDA; running on the CPU");
        }
        return onCpu(location, loading);
    }

    private static <S extends Loaded> S onCpu(String location, Loading<S> loading) {
        try {
            return loading.on(Device.cpu());
        } catch (OrtException e) {
            throw new InvalidModelException("%s does not load: %s".formatted(location, e.getMessage()), e);
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
