package ign.backup.operation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gives way to whom. */
@Timeout(60)
class OperationsTest {

    private static final DatabaseName DATABASE = new DatabaseName("neo4j");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Operations operations = new Operations(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Events.NONE);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        operations.close();
    }

    private record Done(String message) implements Result {}

    /** Goes on until it is asked to stop. */
    private static Done untilStopped(Running<Done> work) {
        while (true) {
            work.check();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Goes on until the test ends, whoever asks it to stop. */
    private Done untilTheEnd(Running<Done> work) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Done("late");
    }

    private Running<Done> inBackground() {
        return operations.startInBackground("create", DATABASE, OperationSubject.UNKNOWN, OperationsTest::untilStopped);
    }

    @Test
    void whatRunsInTheBackgroundGivesWayToWhoWaits() {
        var background = inBackground();

        Running<Done> mine = operations.start("restore", DATABASE, "operator", work -> new Done("restored"));

        assertThat(requireNonNull(mine.awaitAnswer(LIMIT)).message()).isEqualTo("restored");
        assertThatThrownBy(() -> background.awaitAnswer(LIMIT))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessageContaining("it gave way to 'restore' of database 'neo4j' by 'operator'");
        assertThat(background.isStillWanted()).isTrue();
    }

    @Test
    void whatSomebodyWaitsForGivesWayToNobody() {
        Running<Done> first = operations.start("create", DATABASE, "operator", OperationsTest::untilStopped);

        assertThatThrownBy(() -> operations.start("restore", DATABASE, "another", work -> new Done("never")))
                .isInstanceOf(BackupException.Busy.class)
                .hasMessageContaining("'create' of database 'neo4j' by 'operator'");
        assertThatThrownBy(this::inBackground).isInstanceOf(BackupException.Busy.class);

        first.stop("the test is over");
        assertThatThrownBy(() -> first.awaitAnswer(LIMIT)).isInstanceOf(BackupException.Cancelled.class);
        assertThat(first.isStillWanted()).isFalse();
    }

    /** The schedule has one thread for all: it asks, and comes back later. */
    @Test
    void theScheduleDoesNotWaitForWhatGivesWay() {
        Running<Done> slow =
                operations.startInBackground("drill", DATABASE, OperationSubject.UNKNOWN, this::untilTheEnd);

        assertThatThrownBy(() -> operations.startWhenFree(
                        "create", DATABASE, OperationSubject.UNKNOWN, work -> new Done("too early")))
                .isInstanceOf(BackupException.Busy.class);
        end.countDown();
        slow.awaitEnd(LIMIT);
        Running<Done> later =
                operations.startWhenFree("create", DATABASE, OperationSubject.UNKNOWN, work -> new Done("created"));

        assertThat(requireNonNull(later.awaitAnswer(LIMIT)).message()).isEqualTo("created");
    }

    /** It could not be told how it ended: whoever waits hears of that, and the database is free. */
    @Test
    void anEndThatCannotBeToldKeepsNobodyWaiting() {
        var broken = new Operations(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), event -> {
            if (event instanceof Events.Finished) {
                throw new IllegalStateException("nobody listens");
            }
        });
        Running<Done> mine = broken.start("create", DATABASE, "operator", work -> new Done("created"));

        assertThatThrownBy(() -> mine.awaitAnswer(LIMIT)).hasStackTraceContaining("nobody listens");
        assertThat(broken.running(DATABASE)).isEmpty();
        broken.close();
    }
}
