package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.GraphCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From how much growth on a new backup is worth making. What is deleted counts against what is added.
 *
 * @param nodes so many nodes more
 * @param relationships so many relationships more
 * @param percentage that share more nodes, 0.1 for ten percent; not applied to a backup without nodes
 */
public record ChangeThresholds(long nodes, long relationships, double percentage) {

    /**
     * What the thresholds say.
     *
     * @param reasons at least one clause, whatever is recommended
     * @param nodeChange nodes now, less those of the last backup
     * @param relationshipChange likewise
     */
    public record Assessment(boolean recommended, List<String> reasons, long nodeChange, long relationshipChange) {}

    /** {@return whether a backup is recommended} */
    public Assessment assess(GraphCounts current, Optional<BackupHeader> last) {
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
        var recommended = !reasons.isEmpty();
        if (!recommended) {
            reasons.add("no threshold is reached: " + signed(nodeChange) + " nodes, " + signed(relationshipChange)
                    + " relationships");
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
