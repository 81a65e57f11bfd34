package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupException;
import ign.backup.model.MergeReport;
import ign.backup.model.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small random graphs and files, so narrow that they meet in every way. */
@Timeout(600)
class MergeRandomTest extends IntoAGraph {

    private static final int SEEDS = Integer.getInteger("merge.seeds", 15);
    private static final Map<String, ?> KEYS = Map.of("A", "a", "B", "b", "K", "k");

    @Test
    void anInterruptedMergeThatIsRunAgainEqualsOneThatWasNot() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var file = file(new Random(seed), false);
            int batchSize = 1 + seed % 4;
            live(seed, false);
            var whole = merge(file, KEYS, file.options(false, batchSize), StopSignal.NEVER);
            var expected = now();
            boolean interrupted = true;
            for (int checks = 1; interrupted; checks++) {
                live(seed, false);
                interrupted = isInterrupted(file, batchSize, checks);
                if (interrupted) {
                    var again = merge(file, KEYS, file.options(false, batchSize), StopSignal.NEVER);
                    assertThat(again.conflicts()).as("seed %s", seed).isEqualTo(whole.conflicts());
                }
                assertThat(now()).as("seed %s, %s checks", seed, checks).isEqualTo(expected);
            }
        }
    }

    private boolean isInterrupted(FileGraph file, int batchSize, int checks) {
        var left = new int[] {checks};
        try {
            merge(file, KEYS, file.options(false, batchSize), () -> {
                if (--left[0] < 0) {
                    throw new BackupException.Cancelled("here");
                }
            });
            return false;
        } catch (BackupException.Cancelled expected) {
            return true;
        }
    }

    @Test
    void aDryRunForetellsTheReport() {
        cypher("CREATE CONSTRAINT u FOR (n:A) REQUIRE n.u IS UNIQUE");
        cypher("CREATE CONSTRAINT t FOR ()-[r:T]-() REQUIRE r.u IS UNIQUE");
        for (int seed = 0; seed < SEEDS * 5; seed++) {
            if (seed == SEEDS * 2) {
                index("CREATE INDEX of_key FOR (n:A) ON (n.a)");
            }
            var file = file(new Random(seed), true);
            live(seed, true);
            var before = now();
            int batchSize = 1 + seed % 4;

            var foretold = merge(file, KEYS, file.options(true, batchSize), StopSignal.NEVER);

            assertThat(now()).as("seed %s", seed).isEqualTo(before);
            var report = merge(file, KEYS, file.options(false, batchSize), StopSignal.NEVER);
            assertThat(foretold).as("seed %s", seed).isEqualTo(report);
        }
    }

    @Test
    void aMergeOfTheSameFileAgainChangesNothing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var file = file(new Random(seed), false);
            live(seed, false);
            var first = merge(file, KEYS);
            var after = now();

            var second = merge(file, KEYS);

            assertThat(now()).as("seed %s", seed).isEqualTo(after);
            assertThat(conflicts(second)).as("seed %s", seed).isEqualTo(conflicts(first));
            assertThat(second.nodes().created() + second.nodes().updated()).isZero();
            assertThat(second.relationships().created() + second.relationships().updated())
                    .isZero();
        }
    }

    private static List<Long> conflicts(MergeReport report) {
        return List.of(report.nodes().conflicts(), report.relationships().conflicts());
    }

    /** With {@code several}, nodes have keys of two labels and values that must be unique. */
    private static FileGraph file(Random random, boolean several) {
        var file = new FileGraph();
        int nodes = 8;
        for (int id = 0; id < nodes; id++) {
            boolean both = several && random.nextInt(3) == 0;
            var first = random.nextBoolean();
            var labels = both ? "A:B" : first ? "A" : "B";
            long a = random.nextInt(8);
            long p = random.nextInt(2);
            if (several) {
                file.node(id, labels, "a", a, "b", (long) random.nextInt(8), "u", (long) random.nextInt(12), "p", p);
            } else {
                file.node(id, labels, first ? "a" : "b", a, "p", p);
            }
        }
        for (int id = 0; id < 14; id++) {
            int start = random.nextInt(3);
            int end = random.nextInt(3);
            if (random.nextInt(4) == 0) {
                file.relationship(id, start, "K", end, "k", (long) random.nextInt(6), "p", (long) random.nextInt(2));
            } else if (several && random.nextInt(3) == 0) {
                file.relationship(id, start, "T", end, "u", (long) random.nextInt(6));
            } else {
                file.relationship(id, start, "T", end, "p", (long) random.nextInt(3));
            }
        }
        return file;
    }

    /** Fills the database anew. */
    private void live(long seed, boolean several) {
        var random = new Random(~seed);
        cypher("MATCH (n) DETACH DELETE n");
        var statement = new StringBuilder("CREATE (x)");
        for (int id = 0; id < 8; id++) {
            var labels = List.of(":A", ":B", several ? ":A:B" : ":A").get(random.nextInt(3));
            var unique = several ? ", u: " + id : "";
            statement.append(", (n" + id + labels + " {a: " + random.nextInt(8) + ", b: " + random.nextInt(8) + ", p: "
                    + random.nextInt(2) + unique + "})");
        }
        for (int id = 0; id < 12; id++) {
            var type = random.nextInt(3) == 0 ? "K" : "T";
            relate(statement, random, type, "p: " + random.nextInt(3) + ", own: " + id % 2);
        }
        for (int id = 0; id < 3; id++) {
            relate(statement, random, "K", "k: " + id);
            if (several) {
                relate(statement, random, "T", "u: " + id);
            }
        }
        cypher(statement.toString());
    }

    private static void relate(StringBuilder statement, Random random, String type, String properties) {
        statement.append(
                ", (n" + random.nextInt(8) + ")-[:" + type + " {" + properties + "}]->(n" + random.nextInt(8) + ")");
    }
}
