package ign.backup.format;

import ign.backup.model.BackupHeader;
import java.util.List;
import java.util.Optional;

/**
 * What a document said about itself while it was read.
 *
 * @param hasSchema false for a file that knows nothing of indexes and constraints, which is not the same as a file of a graph
 *     that has none
 * @param relationshipsFirst the relationships stand before the nodes
 * @param documentBytes how long the unpacked document is
 * @param warnings what was read otherwise than it stands in the file, and why; bounded in number
 */
public record Reading(
        BackupHeader header,
        Optional<Statistics> statistics,
        boolean hasSchema,
        boolean relationshipsFirst,
        long documentBytes,
        List<String> warnings) {

    public Reading {
        warnings = List.copyOf(warnings);
    }

    /** {@return the same of a document of which only a part was read in order} */
    Reading ofDocument(long bytes) {
        return new Reading(header, statistics, hasSchema, relationshipsFirst, bytes, warnings);
    }
}
