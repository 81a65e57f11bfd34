package ign.backup.operation;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a restore did, or would do.
 *
 * @param header of the backup
 * @param previousNodes how many nodes the database had before
 * @param previousRelationships how many relationships the database had before
 * @param unavailable how long clients could not rely on the database
 * @param total from the call to the end
 * @param complete whether all of the schema could be created
 * @param warnings what of the schema could not be created, and other things to know
 */
public record RestoreReport(
        State state,
        DatabaseName database,
        BackupName file,
        BackupHeader header,
        long previousNodes,
        long previousRelationships,
        Duration unavailable,
        Duration total,
        boolean complete,
        List<String> warnings) {

    /** How far it is. */
    public enum State {
        /** Not confirmed; nothing was touched. */
        REFUSED("refused"),
        /** Judged; begins when the caller's own transaction has ended. */
        SWAPPING("swapping"),
        /** Done. */
        RESTORED("restored");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** {@return the word in rows} */
        public String label() {
            return label;
        }
    }

    public RestoreReport {
        warnings = List.copyOf(warnings);
    }

    /** {@return whether the database now holds the backup} */
    public boolean success() {
        return state == State.RESTORED;
    }

    /** {@return how it ended: {@code partial} when the data is there and something of the schema is not} */
    public ErrorCode code() {
        return switch (state) {
            case REFUSED -> ErrorCode.BAD_REQUEST;
            case SWAPPING -> ErrorCode.OK;
            case RESTORED -> complete ? ErrorCode.OK : ErrorCode.PARTIAL;
        };
    }

    /** {@return a sentence or two for people} */
    public String message() {
        return switch (state) {
            case REFUSED ->
                "not confirmed; nothing was done. This would replace " + elements(previousNodes, previousRelationships)
                        + " of database '" + database + "' by " + fromFile();
            case SWAPPING ->
                "the backup was read and is whole. " + fromFile() + " will replace "
                        + elements(previousNodes, previousRelationships) + " of database '" + database
                        + "' as soon as this query has ended; CALL ign.backup.status() on 'system' tells the end";
            case RESTORED ->
                String.format(
                        Locale.ROOT,
                        "Database '%s' restored from '%s': %s; not available for %.1f s",
                        database,
                        file,
                        elements(header.nodeCount(), header.relationshipCount()),
                        unavailable.toMillis() / 1000.0);
        };
    }

    /** {@return what to do next, a sentence, or an empty text} */
    public String hint() {
        return switch (state) {
            case REFUSED -> "Call it again with {confirm:true}.";
            case SWAPPING -> "Call it in a session on 'system' to wait for the end.";
            case RESTORED -> "";
        };
    }

    private String fromFile() {
        return elements(header.nodeCount(), header.relationshipCount()) + " of '" + file + "' (" + header.datetime()
                + ", '" + header.reason() + "')";
    }

    private static String elements(long nodes, long relationships) {
        return String.format(Locale.ROOT, "%,d nodes and %,d relationships", nodes, relationships);
    }
}
