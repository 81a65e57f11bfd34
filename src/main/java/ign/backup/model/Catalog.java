package ign.backup.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What {@code backup_metadata.json} says: the backups of a folder, newest first, and the history of those that were removed.
 *
 * <p>Immutable; a change makes a new one.
 */
public record Catalog(List<CatalogEntry> backups, List<CatalogEntry> history) {

    /** Newest first: by the snapshot's instant, then by transaction id, then by name. */
    public static final Comparator<CatalogEntry> NEWEST_FIRST = Comparator.comparing(CatalogEntry::orderInstant)
            .thenComparing(CatalogEntry::orderTransaction)
            .thenComparing(CatalogEntry::name)
            .reversed();

    /** So many of those that were removed are remembered; three years of a backup every five hours. */
    private static final int MOST_HISTORY = 5_000;

    /** A folder without backups. */
    public static final Catalog EMPTY = new Catalog(List.of(), List.of());

    public Catalog {
        backups = backups.stream().sorted(NEWEST_FIRST).toList();
        history = List.copyOf(history);
    }

    /** {@return the entry of that name} */
    public Optional<CatalogEntry> find(BackupName name) {
        return backups.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** {@return this catalog with {@code entry} in place of the one of the same name, or added} */
    public Catalog with(CatalogEntry entry) {
        var all = without(entry.name());
        all.add(entry);
        return new Catalog(all, history);
    }

    /** {@return this catalog with the entry of that name moved to the history} */
    public Catalog retired(BackupName name) {
        var gone = new ArrayList<>(history);
        find(name).ifPresent(gone::add);
        int tooMany = Math.max(0, gone.size() - MOST_HISTORY);
        return new Catalog(without(name), gone.subList(tooMany, gone.size()));
    }

    private List<CatalogEntry> without(BackupName name) {
        return new ArrayList<>(backups.stream()
                .filter(Predicate.not(e -> e.name().equals(name)))
                .toList());
    }
}
