package ign.backup.graph.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.export.ShownGraph.Moment;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.Progress;
import ign.backup.testkit.MemoryStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The snapshot of a real database. What is to happen beside the scan happens when the scan shows something: it is then in the middle
 * of an element, or between two.
 */
@Timeout(120)
class HotSnapshotTest extends BesideASnapshot {

    @Test
    void showsAGraphThatNobodyChanges() {
        var shown = new ShownGraph(HotSnapshotTest::nothing);

        var facts = show(shown, options());

        assertThat(shown.elements()).isEqualTo(now()).hasSize(7);
        assertThat(facts.warnings()).isEmpty();
        assertThat(facts.paused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCommitAtAnyMomentDoesNotShow(Moment moment) {
        var come = new AtomicBoolean(true);
        for (int time = 0; come.get(); time++) {
            fill();
            come.set(false);
            var before = now();
            var at = time;
            var shown = new ShownGraph((which, count) -> {
                if (which == moment && count == at) {
                    come.set(true);
                    commit(this::changeEverything);
                }
            });

            show(shown, options());

            assertThat(shown.elements()).as("%s, time %s", moment, time).isEqualTo(before);
        }
    }

    @Test
    void manyCommitsDuringOneScanDoNotShow() {
        var before = now();
        var shown = new ShownGraph((which, count) -> {
            commit(transaction -> {
                try (var nodes = transaction.getAllNodes()) {
                    nodes.forEach(node -> node.setProperty("number", -count));
                }
                transaction.createNode();
            });
            if (which == Moment.BEFORE_READING && count == 5) {
                graph().executeTransactionally("MATCH (n) DETACH DELETE n");
            }
        });

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    /** The scan comes along when the change is in the store and we have not been told yet. */
    @Test
    void theSchemaIsThatOfTheBeginning() {
        var shown = new ShownGraph(first(
                Moment.BEFORE_READING, () -> graph().executeTransactionally("CREATE INDEX late FOR (n:L) ON n.p")));
        try {
            var facts = show(shown, options());

            assertThat(shown.schema()).isNotEqualTo(GraphSchema.EMPTY);
            assertThat(shown.schema().indexes()).noneMatch(index -> index.name().equals("late"));
            assertThat(facts.warnings())
                    .containsExactly("indexes or constraints were changed meanwhile;"
                            + " the backup has them as they were at its instant");
        } finally {
            graph().executeTransactionally("DROP INDEX late");
        }
    }

    @Test
    void oldStatesThatCannotBeKeptEndTheSnapshotAndNotTheCommit() {
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeEverything)));
        var noMemory = new SnapshotOptions(1, -1, new MemoryStore()::scratch, Optional.empty());

        assertThatThrownBy(() -> show(shown, noMemory))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("writers replaced elements faster than the disk took their old states");

        assertThat(now()).anyMatch(element -> element.contains("number=-1"));
    }

    @Test
    void aCancelledScanLetsEverybodyGo() {
        var cancelled = new AtomicBoolean();
        var shown = new ShownGraph(first(Moment.AFTER_TAKING, () -> {
            commit(this::changeEverything);
            cancelled.set(true);
        }));

        assertThatThrownBy(() -> snapshot().show(shown, options(), stopping(cancelled), Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class);
    }

    @Test
    void commitsWaitOnRequestAndReadsDoNot() {
        var before = now();
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph((moment, count) -> {
            if (moment == Moment.BEFORE_READING && count == 0) {
                writer.set(beginsToWait(() -> commit(this::changeEverything)));
                assertThat(now()).isEqualTo(before);
            }
        });

        var facts = show(shown, pausing(Duration.ofHours(1)));

        join(writer.get());
        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
        assertThat(facts.paused()).isPositive();
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void commitsThatWaitAreLetGoWhenItIsCancelled() {
        var cancelled = new AtomicBoolean();
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            writer.set(beginsToWait(() -> commit(this::changeEverything)));
            cancelled.set(true);
        }));

        assertThatThrownBy(
                        () -> snapshot().show(shown, pausing(Duration.ofHours(1)), stopping(cancelled), Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class);

        join(writer.get());
        assertThat(now()).anyMatch(element -> element.contains("number=-1"));
    }

    @Test
    void commitsAreLetGoAtTheLimit() {
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeEverything)));

        var facts = show(shown, pausing(Duration.ofMillis(1)));

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
        assertThat(facts.warnings())
                .containsExactly(
                        "commits were let go after 0 s, before the backup was done; it has its instant nevertheless");
    }

    @Test
    void aCommitThatWaitsCanBeTerminated() {
        var before = now();
        var failure = new AtomicReference<Throwable>();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            var transaction = graph().beginTx();
            changeEverything(transaction);
            var writer = beginsToWait(() -> {
                try (transaction) {
                    transaction.commit();
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            transaction.terminate();
            join(writer);
        }));

        show(shown, pausing(Duration.ofHours(1)));

        assertThat(failure.get()).isNotNull();
        assertThat(shown.elements()).isEqualTo(before).isEqualTo(now());
    }

    /** Whether it commits then is decided by others, later. */
    private static void nothing(Moment moment, int count) {}
}
