package ign.backup.operation;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How the sizes of backups went, also of those that were removed. */
public final class SizeTrend {

    private SizeTrend() {}

    /** What is compared with each other: a compressed file is not smaller because the graph is. */
    private record Series(Optional<DatabaseName> database, Tier tier, String compression) {

        static Series of(CatalogEntry entry) {
            return new Series(
                    entry.header().origin().map(BackupHeader.Origin::database),
                    entry.header().tier(),
                    entry.name().compression().label());
        }
    }

    /**
     * One backup, and how much larger it is than the one before.
     *
     * @param growth empty for the first of its tier, and for a file whose size says nothing
     */
    public record Point(CatalogEntry backup, Optional<Growth> growth) {}

    /**
     * How much larger.
     *
     * @param since the backup before, of the same tier, database and compression
     * @param bytes below zero when it became smaller
     * @param percent of the size before; empty if that was 0
     */
    public record Growth(BackupName since, long bytes, OptionalDouble percent) {

        private static Growth between(CatalogEntry before, CatalogEntry after) {
            long bytes = after.sizeBytes() - before.sizeBytes();
            return new Growth(
                    before.name(),
                    bytes,
                    before.sizeBytes() == 0
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(100.0 * bytes / before.sizeBytes()));
        }
    }

    /** {@return all backups of a folder and of its history, oldest first} */
    static List<Point> of(Catalog catalog) {
        var before = new HashMap<Series, CatalogEntry>();
        var points = new ArrayList<Point>();
        Stream.concat(catalog.history().stream(), catalog.backups().stream())
                .sorted(Catalog.NEWEST_FIRST.reversed())
                .forEach(entry -> points.add(new Point(entry, growth(entry, before))));
        return points;
    }

    private static Optional<Growth> growth(CatalogEntry entry, Map<Series, CatalogEntry> before) {
        if (entry.state() == State.DAMAGED) {
            return Optional.empty();
        }
        return Optional.ofNullable(before.put(Series.of(entry), entry)).map(last -> Growth.between(last, entry));
    }
}
