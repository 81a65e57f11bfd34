package ign.backup.format;

import static java.util.Objects.requireNonNull;

import ign.backup.model.BackupException;
import ign.backup.model.NodeNumbering;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastRankRoaringBitmap;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of ids: quick where they ascend without large gaps, as in every store, and small.
 *
 * <p>One 32-bit Roaring bitmap per four billion ids, of which a real graph needs one or a few; its {@code checkedAdd} adds and
 * tells duplicates in one step, which the library's 64-bit bitmaps cannot. Ids that are strewn on purpose over the whole
 * range would need a bitmap each, so there may only be so many.
 */
final class IdSet {

    private static final int MOST_RANGES = 1 << 12;

    private final Map<Long, RoaringBitmap> ranges = new HashMap<>();
    private long lastRange = -1;
    private @Nullable RoaringBitmap last;
    private long highest = -1;

    /** {@return whether it was not there before} */
    boolean add(long id) {
        highest = Math.max(highest, id);
        return range(id >>> 32).checkedAdd((int) id);
    }

    boolean contains(long id) {
        var bitmap = id >>> 32 == lastRange ? last : ranges.get(id >>> 32);
        return bitmap != null && bitmap.contains((int) id);
    }

    /** {@return the highest id, or -1 without any} */
    long highest() {
        return highest;
    }

    /** {@return the numbers of its ids in their order, once nobody adds any more} */
    NodeNumbering numbering() {
        var ordered = new TreeMap<Long, Range>();
        long before = 0;
        for (var range : new TreeSet<>(ranges.keySet())) {
            var bitmap = new FastRankRoaringBitmap();
            bitmap.or(requireNonNull(ranges.get(range)));
            bitmap.runOptimize();
            bitmap.rankLong(0); // counts now: later on several threads ask
            ordered.put(range, new Range(bitmap, before));
            before += bitmap.getLongCardinality();
        }
        return id -> {
            var range = ordered.get(id >>> 32);
            return range == null || !range.bitmap.contains((int) id)
                    ? NodeNumbering.ABSENT
                    : range.before + range.bitmap.rankLong((int) id) - 1;
        };
    }

    /** A range of four billion ids, and how many stand in front of it. */
    private record Range(FastRankRoaringBitmap bitmap, long before) {}

    /** {@return one id that is not in {@code others}} */
    OptionalLong firstMissingIn(IdSet others) {
        for (var entry : ranges.entrySet()) {
            var known = others.ranges.getOrDefault(entry.getKey(), new RoaringBitmap());
            var missing = RoaringBitmap.andNot(entry.getValue(), known);
            if (!missing.isEmpty()) {
                return OptionalLong.of((entry.getKey() << 32) | Integer.toUnsignedLong(missing.first()));
            }
        }
        return OptionalLong.empty();
    }

    private RoaringBitmap range(long range) {
        var bitmap = last;
        if (range != lastRange || bitmap == null) {
            bitmap = ranges.computeIfAbsent(range, unused -> new RoaringBitmap());
            if (ranges.size() > MOST_RANGES) {
                throw new BackupException.Damaged(
                        "the ids are strewn over more than " + MOST_RANGES + " ranges of four billion",
                        "No store numbers its elements so; the file was not written by a backup of a graph.");
            }
            last = bitmap;
            lastRange = range;
        }
        return bitmap;
    }
}
