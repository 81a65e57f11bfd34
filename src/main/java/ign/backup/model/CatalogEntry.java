package ign.backup.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One backup as the catalog knows it.
 *
 * @param header as it stands in the file
 * @param sizeBytes of the file as stored
 * @param sha256 of the file as stored; empty when nobody has vouched for one, as for a file copied in by hand
 * @param pinned retention leaves it alone
 * @param entered when the catalog learned of it
 * @param verification the last one
 * @param episodes how many nodes with the label of episodes it holds; empty when nobody has counted
 * @param earlier the verifications before the last one, newest first
 */
public record CatalogEntry(
        BackupName name,
        BackupHeader header,
        long sizeBytes,
        Optional<Digest> sha256,
        State state,
        boolean pinned,
        Instant entered,
        Optional<Verification> verification,
        OptionalLong episodes,
        List<Verification> earlier) {

    /** So many verifications of a backup are remembered, the last one among them. */
    private static final int MOST_VERIFICATIONS = 10;

    public CatalogEntry {
        earlier = List.copyOf(earlier);
    }

    /** What is known about a backup. */
    public enum State {
        /** Entered, and its last verification did not fail. */
        GOOD("good"),
        /** Structure and counts fit, but no digest is known: a file of another tool or a copy made by hand. */
        UNPROVEN("unproven"),
        /** Under a final name without an entry: nobody has verified it yet. */
        UNRECORDED("unrecorded"),
        /** Its last verification failed. */
        DAMAGED("damaged"),
        /** Its removal has begun. */
        REMOVING("removing"),
        /** Entered, but the file is gone. */
        MISSING("missing"),
        /** Removed by retention or by hand; only in the history. */
        REMOVED("removed");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** {@return the word in rows and in the catalog} */
        public String label() {
            return label;
        }
    }

    /**
     * The outcome of reading a backup back.
     *
     * @param message {@code Backup validation successful} or {@code Backup validation failed: …}
     */
    public record Verification(Instant time, boolean valid, String message) {}

    /** {@return whether a restore can rely on it} */
    public boolean isGood() {
        return state == State.GOOD;
    }

    /** {@return whether it is a backup of that database; one that does not say counts for every database} */
    public boolean isOf(DatabaseName database) {
        return header.origin().map(origin -> origin.database().equals(database)).orElse(true);
    }

    /** {@return this entry in another state} */
    public CatalogEntry in(State newState) {
        return new CatalogEntry(
                name, header, sizeBytes, sha256, newState, pinned, entered, verification, episodes, earlier);
    }

    /** {@return this entry pinned or released} */
    public CatalogEntry pinned(boolean pin) {
        return new CatalogEntry(name, header, sizeBytes, sha256, state, pin, entered, verification, episodes, earlier);
    }

    /** {@return how its verifications ended, newest first} */
    public List<Verification> verifications() {
        return Stream.concat(verification.stream(), earlier.stream())
                .limit(MOST_VERIFICATIONS)
                .toList();
    }

    /** {@return the verifications to remember as {@code earlier} once there is another one} */
    public List<Verification> earlierThanNext() {
        return verifications().stream().limit(MOST_VERIFICATIONS - 1).toList();
    }

    /** {@return the instant that orders backups: the snapshot's, or else when the file was found} */
    public Instant orderInstant() {
        return header.origin().map(o -> o.snapshotTime().toInstant()).orElse(entered);
    }

    /** {@return the transaction that orders backups of one instant} */
    Long orderTransaction() {
        return header.origin().map(BackupHeader.Origin::txId).orElse(0L);
    }
}
