package dev.ganzoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class AdmissionTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goOn.countDown();
        threads.shutdownNow();
    }

    @Test
    void oneWaitsAndTheNextIsRefused() throws Exception {
        Admission admission = new Admission(Limits.DEFAULT.withRunning(1).withWaiting(1, Duration.ofHours(1)));
        Future<String> first = threads.submit(() -> admission.admit(this::work));
        running.await();
        Future<String> second = threads.submit(() -> admission.admit(() -> "second"));
        while (admission.waiting() < 1) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> admission.admit(() -> "third"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(Problem.Type.OVERLOADED))
                .hasMessage("1 requests compute and 1 wait; ask again later");
        goOn.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void waitingEnds() throws Exception {
        Admission admission = new Admission(Limits.DEFAULT.withRunning(1).withWaiting(1, Duration.ZERO));
        threads.submit(() -> admission.admit(this::work));
        running.await();
        assertThatThrownBy(() -> admission.admit(() -> "second")).hasMessageContaining("no turn came within 0 s");
    }

    @Test
    void failuresGiveTheirTurnBack() {
        Admission admission = new Admission(Limits.DEFAULT.withRunning(1).withWaiting(0, Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> admission.admit(() -> {
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
        }
        assertThat(CompletableFuture.supplyAsync(() -> admission.admit(() -> "done"), threads))
                .succeedsWithin(Duration.ofMinutes(1))
                .isEqualTo("done");
    }

    private String work() {
        running.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "first";
    }
}
