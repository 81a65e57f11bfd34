package ign.backup.graph.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommitGateTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CommitGate gate = new CommitGate();

    @AfterEach
    void letGo() {
        gate.open();
    }

    @Test
    void anOpenOneIsPassed() {
        gate.enter(CommitGateTest::never);
        gate.leave();

        assertThat(gate.held()).isZero();
        assertThat(gate.reachedLimit()).isFalse();
    }

    @Test
    void commitsWaitUntilItIsOpened() throws InterruptedException {
        gate.shut(LONG);
        var commit = new Commit(CommitGateTest::never);
        commit.awaitThatItWaits();

        gate.open();
        commit.thread.join();

        assertThat(commit.passed).isTrue();
        assertThat(gate.held()).isPositive();
        assertThat(gate.reachedLimit()).isFalse();
    }

    @Test
    void theyWaitNoLongerThanTheLimit() throws InterruptedException {
        gate.shut(Duration.ofMillis(1));
        var commit = new Commit(CommitGateTest::never);
        commit.thread.join();

        assertThat(commit.passed).isTrue();
        assertThat(gate.reachedLimit()).isTrue();
        gate.open();
        assertThat(gate.held()).isLessThanOrEqualTo(Duration.ofMillis(1));
    }

    @Test
    void whoIsInsidePassesAgain() {
        gate.enter(CommitGateTest::never);
        gate.shut(LONG);

        gate.enter(CommitGateTest::never);
        gate.leave();
        gate.leave();
    }

    @Test
    void whoHasLeftAltogetherIsHeldAgain() {
        gate.enter(CommitGateTest::never);
        gate.enter(CommitGateTest::never);
        gate.leave();
        gate.leave();
        gate.shut(LONG);
        var asked = new AtomicInteger();

        gate.enter(() -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsGivenUpPasses() throws InterruptedException {
        gate.shut(LONG);
        var givenUp = new AtomicBoolean();
        var commit = new Commit(givenUp::get);
        commit.awaitThatItWaits();

        givenUp.set(true);
        commit.thread.join();

        assertThat(commit.passed).isTrue();
        assertThat(gate.reachedLimit()).isFalse();
    }

    @Test
    void anInterruptedOnePassesAndStaysInterrupted() throws InterruptedException {
        gate.shut(LONG);
        var commit = new Commit(CommitGateTest::never);
        commit.awaitThatItWaits();

        commit.thread.interrupt();
        commit.thread.join();

        assertThat(commit.passed).isTrue();
        assertThat(commit.interrupted).isTrue();
    }

    private static boolean never() {
        return false;
    }

    /** A commit on a thread of its own. */
    private final class Commit {
        final Thread thread;
        volatile boolean passed;
        volatile boolean interrupted;

        Commit(BooleanSupplier givenUp) {
            thread = new Thread(
                    () -> {
                        gate.enter(givenUp);
                        passed = true;
                        interrupted = Thread.currentThread().isInterrupted();
                        gate.leave();
                    },
                    "commit");
            thread.setDaemon(true);
            thread.start();
        }

        void awaitThatItWaits() {
            Await.until("the commit to wait", LIMIT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        }
    }
}
