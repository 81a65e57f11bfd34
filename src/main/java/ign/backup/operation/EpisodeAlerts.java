package ign.backup.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is said of a backup that lacks episodes, in the words of the plan. */
final class EpisodeAlerts {

    private static final String MISSING = "Missing episode data!";
    private static final String NONE = "WARNING: No episodes found";

    private EpisodeAlerts() {}

    /**
     * {@return what to say of a file; nothing when all is well}
     *
     * @param inGraph how many there were before; empty when the graph knows no episodes
     * @param shown how many the file was given
     * @param inFile how many were found when it was read
     */
    static List<String> of(OptionalLong inGraph, long shown, long inFile) {
        var alerts = new ArrayList<String>();
        if (inFile < shown) {
            alerts.add(MISSING);
        }
        if (inGraph.isPresent() && inFile == 0) {
            alerts.add(NONE);
        }
        return alerts;
    }
}
