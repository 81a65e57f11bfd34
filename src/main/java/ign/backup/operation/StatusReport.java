package ign.backup.operation;

import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphState;
import ign.backup.model.KeptStore;
import ign.backup.model.OperationRecord;
import ign.backup.policy.ChangeThresholds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the backups of a database stand.
 *
 * @param current empty while the database does not run, as during a restore
 * @param last the newest good backup
 * @param change since the last backup, and what it means
 * @param kept the store that a rollback would put back
 */
public record StatusReport(
        DatabaseName database,
        Optional<GraphState> current,
        Optional<CatalogEntry> last,
        Optional<ChangeThresholds.Assessment> change,
        ChangeThresholds thresholds,
        Optional<ProgressReport> running,
        Optional<OperationRecord> lastOperation,
        Optional<KeptStore> kept,
        String location,
        List<String> notes) {

    /** {@return how many nodes and relationships there are now, unless the database does not run} */
    public Optional<GraphCounts> counts() {
        return current.map(now -> new GraphCounts(now.nodes(), now.relationships(), Map.of(), Map.of()));
    }

    /** {@return how many nodes there are more than in the last backup; empty when there is nothing to compare} */
    public OptionalLong nodeChange() {
        return last.isEmpty() || change.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(change.get().nodeChange());
    }

    /** {@return as {@link #nodeChange()}, of relationships} */
    public OptionalLong relationshipChange() {
        return last.isEmpty() || change.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(change.get().relationshipChange());
    }

    /** {@return whether a backup is recommended} */
    public boolean recommended() {
        return change.map(ChangeThresholds.Assessment::recommended).orElse(last.isEmpty());
    }

    /** {@return why, one sentence each} */
    public List<String> reasons() {
        return change.map(ChangeThresholds.Assessment::reasons).orElse(List.of());
    }

    /** {@return the thresholds in force: {@code nodes}, {@code relationships}, and {@code percentage} as a fraction} */
    public Map<String, Object> thresholdsByName() {
        return Map.of(
                "nodes", thresholds.nodes(),
                "relationships", thresholds.relationships(),
                "percentage", thresholds.percentage());
    }

    /** {@return the recommendation in the plan's words} */
    public String recommendation() {
        if (last.isEmpty()) {
            return "⚠️ No backup yet";
        }
        return change.map(c -> c.recommended() ? "⚠️ Backup recommended" : "✅ Backup is up to date")
                .orElse("unknown while the database is not available");
    }

    /** {@return the status as the plan prints it} */
    public String text() {
        var text = new StringBuilder("📊 Database Backup Status\n\nCurrent Database:\n");
        text.append(current.map(c -> counts(c.nodes(), c.relationships())).orElse("• not available\n"));
        text.append("\nLast Backup:\n");
        text.append(last.map(l -> counts(l.header().nodeCount(), l.header().relationshipCount()))
                .orElse("• none\n"));
        if (last.isPresent()) {
            change.ifPresent(c -> text.append("• Changes Since Last Backup:\n")
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
        running.ifPresent(r -> text.append("\nRunning: ").append(r.line()).append('\n'));
        return text.toString();
    }

    private static String counts(long nodes, long relationships) {
        return String.format(Locale.ROOT, "• Nodes: %,d%n• Relationships: %,d\n", nodes, relationships);
    }
}
