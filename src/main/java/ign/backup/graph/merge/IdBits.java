package ign.backup.graph.merge;

import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;

/** A set of ids of the database: a bit for each, in pages that appear when they are needed. */
final class IdBits {

    private static final int PAGE_BITS = 16;
    private static final int WORDS = 1 << (PAGE_BITS - 6);

    private final LongObjectHashMap<long[]> pages = new LongObjectHashMap<>();

    void add(long id) {
        var page = pages.getIfAbsentPut(id >>> PAGE_BITS, () -> new long[WORDS]);
        page[word(id)] |= 1L << id;
    }

    boolean contains(long id) {
        var page = pages.get(id >>> PAGE_BITS);
        return page != null && (page[word(id)] & (1L << id)) != 0;
    }

    private static int word(long id) {
        return (int) (id >>> 6) & (WORDS - 1);
    }
}
