package ign.backup.operation;

import ign.backup.format.DocumentReader;
import ign.backup.format.Limits;
import ign.backup.model.BackupName;
import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.BackupStore;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds two backups against each other: are they whole, of the same bytes, with as many of everything, and with the same episodes? */
public final class CompareBackups {

    private CompareBackups() {}

    /** One of the two: a backup and the place where it lies. */
    public record Side(BackupStore store, BackupName name) {}

    /**
     * What was found.
     *
     * @param counts by what is counted, such as {@code nodes}, {@code :Label}, {@code -[TYPE]-}; only what differs
     * @param episodesOnlyInOne their {@code uuid}, or {@code _id …} for those without one
     * @param episodesOnlyInOther the same of the other
     */
    public record Comparison(
            Verdict one,
            Verdict other,
            Map<String, Difference> counts,
            NavigableSet<String> episodesOnlyInOne,
            NavigableSet<String> episodesOnlyInOther) {

        /** {@return whether both have the same bytes} */
        public boolean sameBytes() {
            return one.sha256().equals(other.sha256());
        }

        /** {@return whether nothing that was compared differs} */
        public boolean alike() {
            return counts.isEmpty() && episodesOnlyInOne.isEmpty() && episodesOnlyInOther.isEmpty();
        }
    }

    /** Two numbers of the same. */
    public record Difference(long one, long other) {}

    /**
     * Reads both from the first byte to the last, whether they are whole or not.
     *
     * @param episodeLabel the label of the nodes that are episodes
     */
    public static Comparison run(Side one, Side other, String episodeLabel) {
        var first = verdict(one, episodeLabel);
        var second = verdict(other, episodeLabel);
        var ofFirst = episodes(one, first, episodeLabel);
        var ofSecond = episodes(other, second, episodeLabel);
        var onlyInFirst = new TreeSet<>(ofFirst);
        onlyInFirst.removeAll(ofSecond);
        ofSecond.removeAll(ofFirst);
        return new Comparison(first, second, differences(counts(first), counts(second)), onlyInFirst, ofSecond);
    }

    private static Verdict verdict(Side side, String episodeLabel) {
        return new VerifyBackup(side.store, 1, episodeLabel)
                .run(side.name, Optional.empty(), StopSignal.NEVER, Progress.NONE);
    }

    /** A damaged backup has none that could be trusted; its verdict says that it is damaged. */
    private static NavigableSet<String> episodes(Side side, Verdict verdict, String label) {
        var found = new TreeSet<String>();
        if (verdict.valid() && verdict.episodes() > 0) {
            try (var stored = side.store.open(side.name)) {
                new StoredDocument(stored, StopSignal.NEVER, Progress.NONE)
                        .read(json -> new DocumentReader(Limits.DEFAULT)
                                .read(json, new Episodes(label, found), StopSignal.NEVER, Progress.NONE));
            }
        }
        return found;
    }

    private static Map<String, Long> counts(Verdict verdict) {
        var counts = new TreeMap<String, Long>();
        counts.put("nodes", verdict.counts().nodes());
        counts.put("relationships", verdict.counts().relationships());
        verdict.counts().perLabel().forEach((label, count) -> counts.put(":" + label, count));
        verdict.counts().perType().forEach((type, count) -> counts.put("-[" + type + "]-", count));
        verdict.schema().ifPresent(schema -> {
            counts.put("indexes", (long) schema.indexes().size());
            counts.put("constraints", (long) schema.constraints().size());
        });
        return counts;
    }

    private static Map<String, Difference> differences(Map<String, Long> some, Map<String, Long> others) {
        var names = new TreeSet<>(some.keySet());
        names.addAll(others.keySet());
        var differences = new TreeMap<String, Difference>();
        for (var name : names) {
            long one = some.getOrDefault(name, 0L);
            long other = others.getOrDefault(name, 0L);
            if (one != other) {
                differences.put(name, new Difference(one, other));
            }
        }
        return differences;
    }

    /** Collects what identifies the episodes. */
    private record Episodes(String label, NavigableSet<String> found) implements GraphVisitor {

        @Override
        public void node(Element.Node node) {
            for (int i = 0; i < node.labelCount(); i++) {
                if (node.label(i).equals(label)) {
                    found.add(identity(node));
                    return;
                }
            }
        }

        private static String identity(Element.Node node) {
            for (int i = 0; i < node.propertyCount(); i++) {
                if (node.key(i).equals("uuid") && node.value(i) instanceof String uuid) {
                    return uuid;
                }
            }
            return "_id " + node.id();
        }
    }
}
