package dev.ganzoo.clients.cli;

import java.util.concurrent.CountDownLatch;

/** Turns Ctrl-C (or a termination signal) into a request, and holds the process until the work has come to its end. */
final class Interruption implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable request) {
        this.hook = new Thread(
                () -> {
                    request.run();
                    awaitFinished();
                },
                "interruption");
    }

    /** From now until {@link #close}, an interrupted process runs {@code request} and waits for the close. */
    static Interruption asks(Runnable request) {
        Interruption interruption = new Interruption(request);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void awaitFinished() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already ending, by this very hook.
            return;
        }
    }
}
