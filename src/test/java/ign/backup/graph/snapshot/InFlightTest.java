package ign.backup.graph.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import ign.backup.testkit.Together;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void nobodyInsideIsNotWaitedFor() {
        inFlight.leave(inFlight.enter());

        inFlight.awaitThoseInside(() -> {
            throw new AssertionError("it waits");
        });
    }

    @Test
    void whoIsInsideIsWaitedForAndWhoComesLaterIsNot() {
        int early = inFlight.enter();
        var looks = new AtomicInteger();

        inFlight.awaitThoseInside(() -> {
            inFlight.enter(); // and does not leave
            if (looks.incrementAndGet() == 3) {
                inFlight.leave(early);
            }
        });

        assertThat(looks).hasValue(3);
    }

    @Test
    void whoCameDuringOneWaitIsWaitedForInTheNext() {
        int early = inFlight.enter();
        var late = new AtomicInteger(-1);
        inFlight.awaitThoseInside(() -> {
            late.set(inFlight.enter());
            inFlight.leave(early);
        });
        var looks = new AtomicInteger();

        inFlight.awaitThoseInside(() -> {
            looks.incrementAndGet();
            inFlight.leave(late.get());
        });

        assertThat(looks).hasValue(1);
    }

    @Test
    void aWaitCanBeStopped() {
        inFlight.enter();

        assertThatThrownBy(() -> inFlight.awaitThoseInside(() -> {
                    throw new BackupException.Cancelled("enough");
                }))
                .isInstanceOf(BackupException.Cancelled.class);
    }

    /** Whoever says before it enters that it is there is gone when the wait has ended, or had not entered when it began. */
    @Test
    void nobodyIsMissedAmongMany() {
        int writers = 3;
        var begun = new AtomicLongArray(writers);
        var ended = new AtomicLongArray(writers);
        var enough = new AtomicBoolean();

        Together.run(writers + 1, me -> {
            if (me == writers) {
                for (int i = 0; i < 2000; i++) {
                    var inside = new long[writers];
                    for (int writer = 0; writer < writers; writer++) {
                        inside[writer] = begun.get(writer);
                    }
                    inFlight.awaitThoseInside(StopSignal.NEVER);
                    for (int writer = 0; writer < writers; writer++) {
                        assertThat(ended.get(writer)).isGreaterThanOrEqualTo(inside[writer]);
                    }
                }
                enough.set(true);
            } else {
                while (!enough.get()) {
                    int ticket = inFlight.enter();
                    begun.incrementAndGet(me);
                    ended.incrementAndGet(me);
                    inFlight.leave(ticket);
                }
            }
        });
    }
}
