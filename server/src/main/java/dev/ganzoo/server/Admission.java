package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets a few requests compute at once and some more wait their turn, for a while; whoever comes beyond that is told to
 * come back. So the time of an answer, and what all of them hold in memory, stay bounded.
 */
final class Admission {
    private final Limits limits;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(Limits limits) {
        this.limits = limits;
        this.turns = new Semaphore(limits.running(), true);
    }

    /** @throws Problem if there is no turn to be had */
    <T> T admit(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(0, TimeUnit.SECONDS)) {
                awaitTurn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.stopping();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /** How many wait now. */
    int waiting() {
        return waiting.get();
    }

    private void awaitTurn() throws InterruptedException {
        try {
            if (waiting.incrementAndGet() > limits.waiting()) {
                throw overloaded("%d requests compute and %d wait".formatted(limits.running(), limits.waiting()));
            }
            if (!turns.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw overloaded("no turn came within " + limits.patience().toSeconds() + " s");
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static Problem overloaded(String why) {
        return new Problem(Type.OVERLOADED, why + "; ask again later");
    }
}
