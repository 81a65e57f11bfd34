package ign.backup.model;

import java.util.List;

/**
 * How a merge ended, or would end.
 *
 * @param conflicts the first {@value #MOST_CONFLICTS}, a sentence each: which element of the file, its key, the reason
 * @param warnings what its reader should know, a sentence each
 */
public record MergeReport(MergeCounts nodes, MergeCounts relationships, List<String> conflicts, List<String> warnings) {

    /** Conflicts that are told; all of them are counted. */
    public static final int MOST_CONFLICTS = 20;

    public MergeReport {
        conflicts = List.copyOf(conflicts);
        warnings = List.copyOf(warnings);
    }
}
