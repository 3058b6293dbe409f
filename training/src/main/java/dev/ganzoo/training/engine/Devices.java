package dev.ganzoo.training.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine, and which of its devices is meant. */
final class Devices {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    static final String ENGINE = "PyTorch";

    private Devices() {}

    /** libtorch, as DJL knows it. */
    static Engine engine() {
        return Engine.getEngine(ENGINE);
    }

    /**
     * An owner of arrays on a device.
     *
     * @throws DeviceUnavailableException if it is a GPU that is not there
     */
    static NDManager newManager(Device device) {
        Engine engine = engine();
        return engine.newBaseManager(resolve(device, engine));
    }

    /**
     * The device of this name that works.
     *
     * @throws DeviceUnavailableException if it is a GPU that is not there
     */
    private static ai.djl.Device resolve(Device device, Engine engine) {
        return switch (device.kind()) {
            case CPU -> ai.djl.Device.cpu();
            case CUDA -> gpu(device, engine);
            case AUTO -> automatic(engine);
        };
    }

    private static ai.djl.Device gpu(Device device, Engine engine) {
        int count = engine.getGpuCount();
        if (device.index() >= count) {
            throw new DeviceUnavailableException(
                    "device %s is not available: libtorch finds %s; choose cpu, or build with -Pcuda on a machine with a GPU"
                            .formatted(device, count == 0 ? "no GPU that it can use" : count + " GPUs"),
                    null);
        }
        return ai.djl.Device.gpu(device.index());
    }

    private static ai.djl.Device automatic(Engine engine) {
        if (engine.getGpuCount() > 0) {
            return ai.djl.Device.gpu(0);
        }
        LOG.info("libtorch finds no GPU that it can use; training on the CPU");
        return ai.djl.Device.cpu();
    }
}
