package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphState;
import ign.backup.model.KeptStore;
import ign.backup.model.OperationRecord;
import ign.backup.policy.ChangeThresholds;
import ign.backup.policy.ThresholdSuggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Where the backups of a database stand.
 *
 * @param standing how far it is from its last good backup
 * @param suggestion thresholds that would suit the growth so far
 * @param kept the store that a rollback would put back
 * @param bundled what is offered to an empty database
 * @param episodes how many nodes with the label of episodes there are now; empty when the graph does not know it, or does not run
 */
public record StatusReport(
        DatabaseName database,
        Standing standing,
        Optional<ThresholdSuggestion> suggestion,
        Optional<ProgressReport> running,
        Optional<OperationRecord> lastOperation,
        Optional<KeptStore> kept,
        String location,
        List<String> notes,
        Optional<BackupName> bundled,
        OptionalLong episodes) {

    /** {@return where the database is; empty while it does not run, as during a restore} */
    public Optional<GraphState> current() {
        return standing.current();
    }

    /** {@return the newest good backup} */
    public Optional<CatalogEntry> last() {
        return standing.last();
    }

    private Optional<ChangeThresholds.Assessment> change() {
        return standing.assessment();
    }

    /** {@return thresholds that would suit the growth so far, by name, and why; empty while it is too early to tell} */
    public Optional<Map<String, Object>> suggestionByName() {
        return suggestion.map(suggested -> Map.of(
                "nodes", suggested.nodes(),
                "relationships", suggested.relationships(),
                "reason", suggested.reason()));
    }

    /** {@return what was changed since the last good backup, by name; empty when there is nothing to compare} */
    public Optional<Map<String, Object>> changesByName() {
        return standing.changes()
                .map(since -> Map.of(
                        "nodes_created", since.createdNodes(),
                        "relationships_created", since.createdRelationships(),
                        "nodes_deleted", since.deletedNodes(),
                        "relationships_deleted", since.deletedRelationships(),
                        "nodes_changed", since.changedNodes(),
                        "relationships_changed", since.changedRelationships(),
                        "counted", standing.counted()));
    }

    /** {@return how many nodes and relationships there are now, unless the database does not run} */
    public Optional<GraphCounts> counts() {
        return current().map(now -> new GraphCounts(now.nodes(), now.relationships(), Map.of(), Map.of()));
    }

    /** {@return how many nodes there are more than in the last backup; empty when there is nothing to compare} */
    public OptionalLong nodeChange() {
        return last().isEmpty() || change().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(change().get().nodeChange());
    }

    /** {@return as {@link #nodeChange()}, of relationships} */
    public OptionalLong relationshipChange() {
        return last().isEmpty() || change().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(change().get().relationshipChange());
    }

    /** {@return whether a backup is recommended} */
    public boolean recommended() {
        return change().map(ChangeThresholds.Assessment::recommended).orElse(last().isEmpty());
    }

    /** {@return why, one sentence each} */
    public List<String> reasons() {
        return change().map(ChangeThresholds.Assessment::reasons).orElse(List.of());
    }

    /**
     * {@return the thresholds in force: {@code nodes}, {@code relationships}, {@code percentage} as a fraction, and {@code deletions}
     * and {@code modifications} if there are such}
     */
    public Map<String, Object> thresholdsByName() {
        var inForce = standing.thresholds();
        var thresholds = new TreeMap<String, Object>();
        thresholds.put("nodes", inForce.nodes());
        thresholds.put("relationships", inForce.relationships());
        thresholds.put("percentage", inForce.percentage());
        inForce.deletions().ifPresent(count -> thresholds.put("deletions", count));
        inForce.modifications().ifPresent(count -> thresholds.put("modifications", count));
        return thresholds;
    }

    /** {@return the recommendation in the plan's words} */
    public String recommendation() {
        if (last().isEmpty()) {
            return "⚠️ No backup yet";
        }
        return change().map(c -> c.recommended() ? "⚠️ Backup recommended" : "✅ Backup is up to date")
                .orElse("unknown while the database is not available");
    }

    /** {@return the status as the plan prints it} */
    public String text() {
        var thresholds = standing.thresholds();
        var text = new StringBuilder("📊 Database Backup Status\n\nCurrent Database:\n");
        text.append(current().map(c -> counts(c.nodes(), c.relationships())).orElse("• not available\n"));
        text.append("\nLast Backup:\n");
        text.append(last().map(l -> counts(l.header().nodeCount(), l.header().relationshipCount()))
                .orElse("• none\n"));
        if (last().isPresent()) {
            change().ifPresent(c -> text.append("• Changes Since Last Backup:\n")
                    .append(String.format(Locale.ROOT, "• Nodes: %+,d\n", c.nodeChange()))
                    .append(String.format(Locale.ROOT, "• Relationships: %+,d\n", c.relationshipChange())));
        }
        text.append("\nBackup Recommendation: ").append(recommendation()).append('\n');
        text.append("\n⚙️ Configuration\nAuto-Backup Thresholds:\n")
                .append(String.format(Locale.ROOT, "• Nodes: %,d new nodes\n", thresholds.nodes()))
                .append(String.format(
                        Locale.ROOT, "• Relationships: %,d new relationships\n", thresholds.relationships()))
                .append(String.format(Locale.ROOT, "• Percentage: %.1f%% increase\n", thresholds.percentage() * 100));
        kept.ifPresent(k -> text.append(String.format(
                Locale.ROOT,
                "%nOld store: %,d MB from before '%s', kept since %s\n",
                (k.sizeBytes() + 999_999) / 1_000_000,
                k.replacedBy(),
                k.since())));
        bundled.ifPresent(name -> text.append("\nOffer: ")
                .append(BundledBackup.sentence(database, name))
                .append('\n'));
        running.ifPresent(r -> text.append("\nRunning: ").append(r.line()).append('\n'));
        return text.toString();
    }

    private static String counts(long nodes, long relationships) {
        return String.format(Locale.ROOT, "• Nodes: %,d%n• Relationships: %,d\n", nodes, relationships);
    }
}
