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
 * @param warnings what was read otherwise than it stands in the file, and why; bounded in number
 */
public record Reading(
        BackupHeader header,
        Optional<Statistics> statistics,
        boolean hasSchema,
        boolean relationshipsFirst,
        List<String> warnings) {

    public Reading {
        warnings = List.copyOf(warnings);
    }
}
