package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ign.backup.server.Plugin;
import ign.backup.testkit.BuildFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes backups while {@link Writers} write, and holds each against what the writers did.
 *
 * <p>The file says how many transactions of each writer it holds. It must then be, element by element and value by value, the
 * graph after exactly these transactions: so it holds each of them whole, and nothing of any other one. When it could have
 * been taken follows from the times at which the clients sent and heard.
 */
final class Witness {

    private final Plugin plugin;
    private final Writers writers;
    private final Expectation expectation;
    private final List<Sighting> sightings = new ArrayList<>();

    Witness(Plugin plugin, Writers writers) {
        this.plugin = plugin;
        this.writers = writers;
        this.expectation = new Expectation(writers.count());
    }

    /**
     * A backup that was made under load.
     *
     * @param transactions how many of each writer it holds
     * @param before how many of each writer were confirmed before it was asked for
     * @param returned when the call returned
     */
    record Sighting(
            String file, Map<String, Object> schema, List<Integer> transactions, List<Integer> before, long returned) {}

    /** Makes a backup, which must succeed and hold whole transactions. */
    Sighting backUp(Map<String, Object> options) {
        var before = writers.acknowledged();
        var file = plugin.create(options);
        long returned = System.nanoTime();
        var path = plugin.folder().resolve(file);
        var content = BackupFile.read(path);
        var transactions = transactions(content.graph(), writers.count());
        var differences = content.graph().differencesFrom(expectation.after(transactions));
        if (!differences.isEmpty()) {
            fail("backup " + (sightings.size() + 1) + " is not the graph after the first " + transactions
                    + " transactions; it is kept as " + kept(path) + "\n" + String.join("\n", differences));
        }
        var sighting = new Sighting(file, content.schema(), transactions, before, returned);
        sightings.add(sighting);
        return sighting;
    }

    private static Path kept(Path file) {
        try {
            return Files.copy(file, BuildFolder.fresh("torn").resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return how many transactions of each writer are in a graph, by the writers' own numbers} */
    static List<Integer> transactions(GraphImage graph, int writers) {
        List<Integer> transactions = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            transactions.add(((Long) graph.property(Bank.writer(writer), "n")).intValue());
        }
        return transactions;
    }

    /** Once the writers are stopped: every backup was of an instant between its call and its return, and they came in order. */
    void assertInstants() {
        for (var sighting : sightings) {
            long from = Long.MIN_VALUE;
            long to = sighting.returned;
            for (int writer = 0; writer < writers.count(); writer++) {
                int n = sighting.transactions.get(writer);
                assertThat(n)
                        .as("%s: transactions of writer %s that were confirmed before", sighting.file, writer)
                        .isGreaterThanOrEqualTo(sighting.before.get(writer));
                from = Math.max(from, n == 0 ? Long.MIN_VALUE : writers.begun(writer, n));
                to = Math.min(to, writers.ended(writer, n + 1));
            }
            assertThat(from)
                    .as(
                            "%s: it holds a transaction that began after it had returned, or after one had ended that it"
                                    + " does not hold",
                            sighting.file)
                    .isLessThan(to);
        }
    }

    int backups() {
        return sightings.size();
    }

    /** {@return what was examined, for whoever ran it} */
    String summary() {
        long transactions =
                writers.acknowledged().stream().mapToLong(Integer::longValue).sum();
        return backups() + " backups examined under " + transactions + " transactions of " + writers.count()
                + " writers, " + writers.repetitions() + " repeated";
    }
}
