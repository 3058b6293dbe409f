package dev.ganzoo.zoo.runtime;

/** The device asked for is not there, or does not work; the message says which and why. */
public final class DeviceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message the device and what is wrong with it
     * @param cause {@code null} if there is none
     */
    public DeviceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
