package ign.backup.operation;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.model.OperationSubject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bundled backup that was made.
 *
 * @param header as it stands in the file
 * @param path where the file is, for people and scripts
 * @param releasePath where it was put as well
 * @param from the backup it was made of; empty when it was made of the graph
 * @param writing until it was complete, under a name of its own
 * @param verification of the file, before it took the place of an older one
 * @param warnings what its reader should know, a clause each
 */
public record InitialReport(
        BackupHeader header,
        String path,
        Optional<String> releasePath,
        Optional<BackupName> from,
        long sizeBytes,
        Digest sha256,
        long episodes,
        Duration writing,
        Duration verification,
        List<String> warnings)
        implements Result {

    public InitialReport {
        warnings = List.copyOf(warnings);
    }

    /** {@return its name in the folder} */
    public BackupName file() {
        return BundledBackup.NAME;
    }

    @Override
    public OperationSubject subject(OperationSubject asked) {
        return asked.with(
                file(),
                new OperationSubject.Content(
                        OptionalLong.of(sizeBytes),
                        OptionalLong.of(header.nodeCount()),
                        OptionalLong.of(header.relationshipCount()),
                        OptionalLong.of(episodes)));
    }

    @Override
    public String message() {
        return String.format(
                Locale.ROOT,
                "Initial backup '%s' made of %s: %,d nodes and %,d relationships in %.1f s%s",
                path,
                from.map(name -> "'" + name + "'").orElse("the graph"),
                header.nodeCount(),
                header.relationshipCount(),
                writing.plus(verification).toMillis() / 1000.0,
                releasePath.map(where -> "; copied to '" + where + "'").orElse(""));
    }
}
