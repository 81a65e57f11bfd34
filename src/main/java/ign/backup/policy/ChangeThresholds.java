package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.ChangeCounts;
import ign.backup.model.GraphCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From how much change on a new backup is worth making. For growth, what is deleted counts against what is added; deletions and
 * modifications have thresholds of their own, which see what growth does not.
 *
 * @param nodes so many nodes more
 * @param relationships so many relationships more
 * @param percentage that share more nodes, 0.1 for ten percent; not applied to a backup without nodes
 * @param deletions so many elements deleted since the last backup; empty for no such threshold
 * @param modifications so many elements changed since the last backup; empty for no such threshold
 */
public record ChangeThresholds(
        long nodes, long relationships, double percentage, OptionalLong deletions, OptionalLong modifications) {

    /**
     * What the thresholds say.
     *
     * @param reasons at least one clause, whatever is recommended
     * @param nodeChange nodes now, less those of the last backup
     * @param relationshipChange likewise
     */
    public record Assessment(boolean recommended, List<String> reasons, long nodeChange, long relationshipChange) {}

    /**
     * {@return whether a backup is recommended}
     *
     * @param since what was committed after the last backup
     */
    public Assessment assess(GraphCounts current, Optional<BackupHeader> last, ChangeCounts since) {
        if (last.isEmpty()) {
            return new Assessment(true, List.of("there is no backup yet"), current.nodes(), current.relationships());
        }
        var nodeChange = current.nodes() - last.get().nodeCount();
        var relationshipChange = current.relationships() - last.get().relationshipCount();
        var reasons = new ArrayList<String>();
        if (nodeChange >= nodes) {
            reasons.add(nodeChange + " nodes more, the threshold is " + nodes);
        }
        if (relationshipChange >= relationships) {
            reasons.add(relationshipChange + " relationships more, the threshold is " + relationships);
        }
        if (last.get().nodeCount() > 0 && (double) nodeChange / last.get().nodeCount() >= percentage) {
            reasons.add(percent((double) nodeChange / last.get().nodeCount()) + " more nodes, the threshold is "
                    + percent(percentage));
        }
        if (deletions.isPresent() && since.deleted() >= deletions.getAsLong()) {
            reasons.add(since.deleted() + " elements deleted, the threshold is " + deletions.getAsLong());
        }
        if (modifications.isPresent() && since.changed() >= modifications.getAsLong()) {
            reasons.add(since.changed() + " elements changed, the threshold is " + modifications.getAsLong());
        }
        var recommended = !reasons.isEmpty();
        if (!recommended) {
            reasons.add("no threshold is reached: " + signed(nodeChange) + " nodes, " + signed(relationshipChange)
                    + " relationships" + (deletions.isPresent() ? ", " + since.deleted() + " deleted" : "")
                    + (modifications.isPresent() ? ", " + since.changed() + " changed" : ""));
        }
        return new Assessment(recommended, List.copyOf(reasons), nodeChange, relationshipChange);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String signed(long change) {
        return String.format(Locale.ROOT, "%+d", change);
    }
}
