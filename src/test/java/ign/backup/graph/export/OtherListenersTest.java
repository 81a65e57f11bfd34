package ign.backup.graph.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.export.ShownGraph.Moment;
import ign.backup.model.BackupException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListenerAdapter;

/** Other listeners beside ours: before it, behind it, with commits of their own, or refusing. */
@Timeout(120)
class OtherListenersTest extends BesideASnapshot {

    @Test
    void whatAnEarlierListenerChangesInTheSameTransactionDoesNotShow() {
        listen(new ChangesMore(3));
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }

    @Test
    void whatALaterListenerChangesIsNoticedAndNextTimeItDoesNotShow() {
        var before = now();
        var overtaken = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            listen(new ChangesMore(3));
            commit(this::changeFirst);
            assertThat(listeners().get(1)).isInstanceOf(SnapshotListener.class);
        }));

        assertThatThrownBy(() -> show(overtaken, options()))
                .isInstanceOf(BackupException.Overtaken.class)
                .hasMessage("another plugin changed more in a transaction after the backup had looked at that"
                        + " transaction; the snapshot was given up; no writer was disturbed");

        assertThat(now()).isNotEqualTo(before);
        var again = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));
        show(shown, options());
        assertThat(shown.elements()).isEqualTo(again);
    }

    @Test
    void whatALaterListenerChangesIsNoticedWhenTheScanWasFirst() {
        var inTheStore = new CountDownLatch(1);
        var scanned = new CountDownLatch(1);
        listen(new TransactionEventListenerAdapter<>() {
            @Override
            public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {
                inTheStore.countDown();
                await(scanned);
            }
        });
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph((moment, count) -> {
            if (moment == Moment.AFTER_TAKING && count == 0) {
                listen(new ChangesMore(3));
                writer.set(inBackground(() -> commit(this::changeFirst)));
                await(inTheStore);
            }
            if (moment == Moment.AFTER_TAKING && count == 3) {
                scanned.countDown();
            }
        });

        assertThatThrownBy(() -> show(shown, options())).isInstanceOf(BackupException.Overtaken.class);
        join(writer.get());
    }

    @Test
    void aListenerThatComesLaterAndChangesNothingDoesNoHarm() {
        var before = now();
        var shown = new ShownGraph((moment, count) -> {
            if (count < 3) {
                listen(new TransactionEventListenerAdapter<>());
                commit(this::changeFirst);
                var all = listeners();
                assertThat(all.get(all.size() - 1)).isInstanceOf(SnapshotListener.class);
                assertThat(all).filteredOn(SnapshotListener.class::isInstance).hasSize(1);
            }
        });

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    @Test
    void commitsThatAreMadeWithinCommitsDoNotShow() {
        listen(new TransactionEventListenerAdapter<>() {
            private boolean within;

            @Override
            public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {
                if (!within) {
                    within = true;
                    commit(transaction -> {
                        transaction.getNodeByElementId(ids.get(3)).setProperty("number", -3);
                        transaction.createNode();
                    });
                    within = false;
                }
            }
        });
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    @Test
    void aCommitThatFailsAfterAllDoesNotMatter() {
        var before = now();
        var refuses = new TransactionEventListenerAdapter<>() {
            @Override
            public Object beforeCommit(TransactionData data, Transaction transaction, GraphDatabaseService service) {
                throw new IllegalArgumentException("no");
            }
        };
        listen(refuses);
        var shown = new ShownGraph(first(Moment.WHILE_READING, () -> {
            assertThatThrownBy(() -> commit(this::changeEverything)).hasRootCauseMessage("no");
            stopListening(refuses);
            commit(this::changeFirst);
        }));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }

    @Test
    void aTransactionThatIsTerminatedWhileItCommitsIsFollowed() {
        var terminates = new TransactionEventListenerAdapter<>() {
            @Override
            public @Nullable Object beforeCommit(
                    TransactionData data, Transaction transaction, GraphDatabaseService service) {
                transaction.terminate();
                return null;
            }
        };
        listen(terminates);
        var before = now();
        var shown = new ShownGraph(first(Moment.WHILE_READING, () -> {
            assertThatThrownBy(() -> commit(this::changeEverything)).isInstanceOf(RuntimeException.class);
            stopListening(terminates);
            commit(this::changeFirst);
        }));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }
}
