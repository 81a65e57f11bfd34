package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.policy.Decision;
import java.util.List;
import java.util.Locale;

/**
 * What retention decided about each backup.
 *
 * @param fates newest backup first
 * @param dryRun nothing was to be removed
 */
public record PruneReport(List<Fate> fates, boolean dryRun) implements Result {

    /**
     * What becomes of one backup.
     *
     * @param action {@code keep}, {@code removed}, or {@code remove} when that is only to come: in a dry run, and for a backup that
     *     somebody has pinned or changed meanwhile
     */
    public record Fate(CatalogEntry entry, String action, String reason) {}

    static PruneReport of(List<Decision> decisions, List<BackupName> removed, boolean dryRun) {
        return new PruneReport(
                decisions.stream()
                        .map(decision -> new Fate(decision.entry(), action(decision, removed), decision.reason()))
                        .toList(),
                dryRun);
    }

    private static String action(Decision decision, List<BackupName> removed) {
        return !decision.remove() ? "keep" : removed.contains(decision.entry().name()) ? "removed" : "remove";
    }

    @Override
    public boolean isPreview() {
        return dryRun;
    }

    @Override
    public String message() {
        var word = dryRun ? "remove" : "removed";
        var gone = fates.stream().filter(fate -> fate.action().equals(word)).toList();
        return String.format(
                Locale.ROOT,
                dryRun ? "%d of %d backups (%,d bytes) would be removed" : "%d of %d backups (%,d bytes) removed",
                gone.size(),
                fates.size(),
                gone.stream().mapToLong(fate -> fate.entry().sizeBytes()).sum());
    }
}
