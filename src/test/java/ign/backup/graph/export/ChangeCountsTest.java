package ign.backup.graph.export;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.graph.export.ShownGraph.Moment;
import ign.backup.model.BackupName;
import ign.backup.model.ChangeCounts;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListenerAdapter;

/** What is counted of the commits of a real database, alone and beside a snapshot. */
@Timeout(120)
class ChangeCountsTest extends BesideASnapshot {

    private static final BackupName BACKUP = new BackupName("backup.json");

    private ChangeCounts before = ChangeCounts.NONE;

    @BeforeEach
    void remember() {
        before = counter().counted().counts();
    }

    /** {@return what was counted since the test began} */
    private ChangeCounts counted() {
        var now = counter().counted().counts();
        return new ChangeCounts(
                now.createdNodes() - before.createdNodes(),
                now.createdRelationships() - before.createdRelationships(),
                now.deletedNodes() - before.deletedNodes(),
                now.deletedRelationships() - before.deletedRelationships(),
                now.changedNodes() - before.changedNodes(),
                now.changedRelationships() - before.changedRelationships());
    }

    private void run(String statement) {
        graph().executeTransactionally(statement);
    }

    @Test
    void eachElementCountsOnceInATransaction() {
        run("MATCH (n) WITH n ORDER BY n.number LIMIT 1 CREATE (n)-[:TO {a: 1}]->(m:New {a: 1, b: 2}) SET m.c = 3");

        assertThat(counted()).isEqualTo(new ChangeCounts(1, 1, 0, 0, 0, 0));
    }

    @Test
    void propertiesAndLabelsAreChangesAndAttachedRelationshipsAreNone() {
        run("MATCH (n) SET n.number = 5, n.other = 6");
        run("MATCH (n) WITH n LIMIT 1 SET n:Labelled");
        run("MATCH ()-[r]->() SET r.number = 5");
        run("MATCH (n) WITH n LIMIT 2 WITH collect(n) AS two WITH two[0] AS a, two[1] AS b CREATE (a)-[:TO]->(b)");

        assertThat(counted()).isEqualTo(new ChangeCounts(0, 1, 0, 0, 5, 3));
    }

    @Test
    void deletionsCountAndWhatOneTransactionCreatesAndDeletesDoesNot() {
        run("MATCH (n) DETACH DELETE n");
        run("CREATE (n:Short) DELETE n");

        assertThat(counted()).isEqualTo(new ChangeCounts(0, 0, 4, 3, 0, 0));
    }

    @Test
    void whatIsRolledBackOrOnlyReadOrOnlySchemaDoesNotCount() {
        try (var transaction = graph().beginTx()) {
            transaction.createNode();
        }
        run("MATCH (n) RETURN n");
        run("CREATE INDEX counted_index IF NOT EXISTS FOR (n:Counted) ON (n.name)");
        run("DROP INDEX counted_index");

        assertThat(counted()).isEqualTo(ChangeCounts.NONE);
    }

    /** A trigger of another plugin: it writes into the transaction that is being committed. */
    @Test
    void whatAnotherListenerAddsCounts() {
        listen(new TransactionEventListenerAdapter<>() {
            @Override
            public Object beforeCommit(
                    TransactionData data, Transaction transaction, org.neo4j.graphdb.GraphDatabaseService service) {
                transaction.createNode(Label.label("Added"));
                return "";
            }
        });

        run("CREATE (:Mine)");

        assertThat(counted()).isEqualTo(new ChangeCounts(2, 0, 0, 0, 0, 0));
    }

    /** Wherever the scan is: what is committed meanwhile is not in the backup, and so counts after it. */
    @ParameterizedTest
    @EnumSource
    void commitsBesideASnapshotAreWhatCountsAfterIt(Moment moment) {
        var come = new AtomicBoolean();
        var shown = new ShownGraph((which, count) -> {
            if (which == moment && come.compareAndSet(false, true)) {
                commit(transaction -> createTwo(transaction));
            }
        });

        var facts = show(shown, options());
        facts.changes().adopt(BACKUP);

        assertThat(come).isTrue();
        var after = counter().counted();
        assertThat(after.since()).contains(BACKUP);
        assertThat(after.counts()).isEqualTo(new ChangeCounts(2, 1, 0, 0, 0, 0));
    }

    private static void createTwo(Transaction transaction) {
        Node one = transaction.createNode();
        one.createRelationshipTo(transaction.createNode(), RelationshipType.withName("TO"));
    }

    @Test
    void aSnapshotThatIsNotAdoptedChangesNothing() {
        run("CREATE (:Before)");
        show(new ShownGraph((which, count) -> {}), options());
        run("CREATE (:After)");

        assertThat(counted()).isEqualTo(new ChangeCounts(2, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsCommittedBetweenSnapshotAndAdoptionCountsAfterIt() {
        run("CREATE (:Before)");
        var facts = show(new ShownGraph((which, count) -> {}), options());
        run("CREATE (:Between)");
        facts.changes().adopt(BACKUP);
        run("CREATE (:After)");

        assertThat(counter().counted().counts()).isEqualTo(new ChangeCounts(2, 0, 0, 0, 0, 0));
    }

    @Test
    void onlyTheLastSnapshotCanBeAdopted() {
        var first = show(new ShownGraph((which, count) -> {}), options());
        run("CREATE (:Between)");
        var second = show(new ShownGraph((which, count) -> {}), options());
        run("CREATE (:After)");
        second.changes().adopt(BACKUP);
        first.changes().adopt(new BackupName("earlier.json"));

        assertThat(counter().counted().since()).contains(BACKUP);
        assertThat(counter().counted().counts()).isEqualTo(new ChangeCounts(1, 0, 0, 0, 0, 0));
    }

    /** Names and schema are transactions of the store, too: all are needed to know that none was missed. */
    @Test
    void everyTransactionOfTheStoreIsSeen() {
        long seen = counter().counted().commits();
        long last = lastTxId();
        run("CREATE (:NameThatIsNew {keyThatIsNew: 1})-[:TYPE_THAT_IS_NEW]->()");
        run("CREATE INDEX seen_index IF NOT EXISTS FOR (n:Seen) ON (n.name)");
        run("CALL db.awaitIndexes()");
        run("DROP INDEX seen_index");
        run("CREATE (n) DELETE n");
        run("MATCH (n) WITH n LIMIT 1 SET n.locked = true REMOVE n.locked");

        assertThat(counter().counted().commits() - seen).isEqualTo(lastTxId() - last);
    }
}
