package ign.backup.operation;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.MergeCounts;
import ign.backup.model.MergeReport;
import ign.backup.model.OperationSubject;
import ign.backup.model.Warmth;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a restore did, or would do.
 *
 * @param header of the backup
 * @param previous the size of the graph before; empty when the database did not run
 * @param outcome what was found out on the way
 */
public record RestoreReport(
        State state,
        RestoreMode mode,
        DatabaseName database,
        BackupName file,
        BackupHeader header,
        Optional<Size> previous,
        Outcome outcome)
        implements Result {

    /** How many elements a graph has. */
    public record Size(long nodes, long relationships) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d nodes and %,d relationships", nodes, relationships);
        }
    }

    /**
     * How long it took.
     *
     * @param judge reading and verifying the backup
     * @param build building the new store, and checking it
     * @param unavailable how long the database was stopped
     * @param indexes until the schema was there and all indexes online
     * @param total from the call to the end
     */
    public record Times(Duration judge, Duration build, Duration unavailable, Duration indexes, Duration total) {

        /** Of somebody who has done nothing. */
        static final Times NONE = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /**
     * What was found out on the way.
     *
     * @param storeBytes what the new store takes on disk
     * @param transactionsLost how many were committed between the call and the swap; 0 until that has been
     * @param merge what a merge did
     * @param complete whether all of the schema could be created, and all elements be merged
     * @param warnings what of the schema could not be created, and other things to know
     */
    public record Outcome(
            Times times,
            long storeBytes,
            long transactionsLost,
            Optional<Warmth> warmth,
            Optional<MergeReport> merge,
            boolean complete,
            List<String> warnings) {

        /** Of somebody who has done nothing. */
        static final Outcome NONE = new Outcome(Times.NONE, 0, 0, Optional.empty(), Optional.empty(), true, List.of());

        public Outcome {
            warnings = List.copyOf(warnings);
        }
    }

    /** How far it is. */
    public enum State {
        /** Not confirmed; nothing was touched. */
        REFUSED("refused"),
        /** A dry run: all was done but the exchange. */
        CHECKED("checked"),
        /** Built; the exchange begins when the caller's own transaction has ended. */
        SWAPPING("swapping"),
        /** Done. */
        RESTORED("restored"),
        /** Done, by merging. */
        MERGED("merged");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** {@return the word in rows} */
        public String label() {
            return label;
        }
    }

    /** {@return whether what was asked for is done} */
    public boolean success() {
        return state != State.REFUSED && state != State.SWAPPING;
    }

    /** {@return how it ended: {@code partial} when the data is there and something of the schema is not} */
    @Override
    public ErrorCode code() {
        return switch (state) {
            case REFUSED -> ErrorCode.BAD_REQUEST;
            case CHECKED, SWAPPING -> ErrorCode.OK;
            case RESTORED, MERGED -> outcome.complete() ? ErrorCode.OK : ErrorCode.PARTIAL;
        };
    }

    @Override
    public boolean isPreview() {
        return state == State.REFUSED;
    }

    @Override
    public OperationSubject subject(OperationSubject asked) {
        var subject = asked.with(
                file,
                new OperationSubject.Content(
                        OptionalLong.empty(),
                        OptionalLong.of(header.nodeCount()),
                        OptionalLong.of(header.relationshipCount()),
                        OptionalLong.empty()));
        return state == State.RESTORED ? subject.withUnavailable(outcome.times().unavailable()) : subject;
    }

    /** {@return a sentence or two for people} */
    @Override
    public String message() {
        return switch (state) {
            case REFUSED ->
                "not confirmed; nothing was done. This would "
                        + (mode == RestoreMode.MERGE
                                ? "merge " + fromFile() + " into " + replaced() + " of database '" + database + "'"
                                : "replace " + replaced() + " of database '" + database + "' by " + fromFile());
            case MERGED -> "'" + file + "' merged into database '" + database + "': " + merged();
            case CHECKED -> outcome.merge().isPresent() ? dryMerge() : dryRun();
            case SWAPPING ->
                "the new store is built and whole. " + fromFile() + " will replace " + replaced() + " of database '"
                        + database
                        + "' as soon as this query has ended; CALL ign.backup.status() on 'system' tells the end";
            case RESTORED ->
                String.format(
                        Locale.ROOT,
                        "Database '%s' restored from '%s': %s; not available for %.1f s%s",
                        database,
                        file,
                        size(),
                        outcome.times().unavailable().toMillis() / 1000.0,
                        lost());
        };
    }

    /** {@return what to do next, a sentence, or an empty text} */
    public String hint() {
        return switch (state) {
            case REFUSED -> "Call it again with {confirm:true}.";
            case CHECKED, RESTORED -> "";
            case MERGED ->
                outcome.complete() ? "" : "The column 'merge' tells the first conflicts, each with its reason.";
            case SWAPPING -> "Call it in a session on 'system' to wait for the end.";
        };
    }

    private String dryRun() {
        return "dry run; nothing was touched. A store of " + fromFile() + " was built beside database '" + database
                + "' and removed again; a restore would replace " + replaced();
    }

    private String dryMerge() {
        return "dry run; nothing was touched. '" + file + "' merged into database '" + database + "' would be: "
                + merged();
    }

    private String merged() {
        return outcome.merge()
                .map(merge -> "nodes " + counts(merge.nodes()) + "; relationships " + counts(merge.relationships()))
                .orElse("");
    }

    private static String counts(MergeCounts counts) {
        return String.format(
                Locale.ROOT,
                "%,d created, %,d updated, %,d unchanged, %,d conflicts",
                counts.created(),
                counts.updated(),
                counts.unchanged(),
                counts.conflicts());
    }

    private String lost() {
        return outcome.transactionsLost() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ". %,d transaction%s committed since the call, which it does not have",
                        outcome.transactionsLost(),
                        outcome.transactionsLost() == 1 ? " was" : "s were");
    }

    private Size size() {
        return new Size(header.nodeCount(), header.relationshipCount());
    }

    private String replaced() {
        return previous.map(Size::toString).orElse("what there is");
    }

    private String fromFile() {
        return size() + " of '" + file + "' (" + header.datetime() + ", '" + header.reason() + "')";
    }
}
