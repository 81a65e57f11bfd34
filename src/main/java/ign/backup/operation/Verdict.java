package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Digest;
import ign.backup.model.ErrorCode;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphSchema;
import ign.backup.model.OperationSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What reading a whole backup has shown.
 *
 * @param header empty when it could not be read
 * @param counts of the elements that were read
 * @param episodes nodes with the label of episodes among them
 * @param schema empty when the file has none
 * @param digestKnown whether a digest from elsewhere was there to compare with
 * @param damaged whether the bytes are bad; a sound file may be beyond this server too
 * @param problems everything that is wrong, one sentence each
 * @param warnings what is odd but no fault of the file
 * @param alerts those of the warnings that need attention
 */
public record Verdict(
        BackupName name,
        long sizeBytes,
        Digest sha256,
        Optional<BackupHeader> header,
        GraphCounts counts,
        long episodes,
        Optional<GraphSchema> schema,
        boolean digestKnown,
        boolean damaged,
        List<String> problems,
        List<String> warnings,
        List<String> alerts)
        implements Result {

    public Verdict {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        alerts = List.copyOf(alerts);
    }

    /** {@return whether the backup is what it should be} */
    public boolean valid() {
        return problems.isEmpty();
    }

    @Override
    public ErrorCode code() {
        return valid() ? ErrorCode.OK : ErrorCode.DAMAGED;
    }

    @Override
    public OperationSubject subject(OperationSubject asked) {
        return asked.with(
                        name,
                        new OperationSubject.Content(
                                OptionalLong.of(sizeBytes),
                                OptionalLong.of(counts.nodes()),
                                OptionalLong.of(counts.relationships()),
                                OptionalLong.of(episodes)))
                .withAlerts(alerts);
    }

    /** {@return this verdict, with what is to be said of its episodes when so many are expected} */
    Verdict expecting(long expectedEpisodes) {
        var missing = EpisodeAlerts.of(OptionalLong.empty(), expectedEpisodes, episodes);
        var all = new ArrayList<>(warnings);
        all.addAll(missing);
        return new Verdict(
                name,
                sizeBytes,
                sha256,
                header,
                counts,
                episodes,
                schema,
                digestKnown,
                damaged,
                problems,
                all,
                missing);
    }

    /** {@return the sentence that the plan gives for either outcome} */
    @Override
    public String message() {
        return valid() ? "Backup validation successful" : "Backup validation failed: " + String.join("; ", problems);
    }

    /** {@return the state of the backup that follows} */
    public State state() {
        if (damaged) {
            return State.DAMAGED;
        }
        return valid() && digestKnown ? State.GOOD : State.UNPROVEN;
    }

    /** {@return this outcome as the catalog keeps it} */
    public CatalogEntry.Verification at(Instant time) {
        return new CatalogEntry.Verification(time, valid(), message());
    }

    /** {@return the header of a valid backup} */
    public BackupHeader requireHeader() {
        return header.orElseThrow(() -> new BackupException.Damaged(
                "backup '" + name + "' has no readable header",
                "Restore another backup; CALL ign.backup.list() shows them."));
    }
}
