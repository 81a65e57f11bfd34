package ign.backup.graph.merge;

import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * From node ids in a backup to ids in the database, in primitive memory: 8 bytes per id between 0 and the largest when the ids
 * are dense, else about 32 bytes per node.
 */
abstract sealed class NodeIdMap {

    /** Ids may be that many times sparser than dense before the hash map is the smaller one. */
    private static final long SPARSENESS = 4;

    static final long ABSENT = -1;

    /** In the place of an id: a dry run creates none. */
    static final long WOULD_BE_CREATED = -2;

    /** {@return a map for that many nodes, none with an id above {@code largestId}} */
    static NodeIdMap of(long nodes, long largestId) {
        boolean dense = largestId / SPARSENESS <= nodes + Paged.PAGE && largestId < Paged.LIMIT;
        return dense ? new Paged(largestId) : new Hashed();
    }

    abstract void put(long fileId, long databaseId);

    /** {@return the id in the database, {@link #WOULD_BE_CREATED} in a dry run, or {@link #ABSENT} for a node that was left out} */
    abstract long get(long fileId);

    /** One long per id, in pages that appear when they are needed. */
    private static final class Paged extends NodeIdMap {
        private static final int PAGE = 1 << 16;
        private static final long LIMIT = (long) PAGE * (1 << 24);
        private final long[] @Nullable [] pages;

        Paged(long largestId) {
            this.pages = new long[(int) (Math.max(largestId, 0) / PAGE) + 1][];
        }

        @Override
        void put(long fileId, long databaseId) {
            int index = (int) (fileId / PAGE);
            var page = pages[index];
            if (page == null) {
                page = new long[PAGE];
                pages[index] = page;
            }
            page[(int) (fileId % PAGE)] = databaseId + 1; // so that 0 says absent
        }

        @Override
        long get(long fileId) {
            int index = (int) (fileId / PAGE);
            var page = fileId >= 0 && index < pages.length ? pages[index] : null;
            return page == null ? ABSENT : page[(int) (fileId % PAGE)] - 1;
        }
    }

    /** For ids all over the place. */
    private static final class Hashed extends NodeIdMap {
        private final LongLongHashMap ids = new LongLongHashMap();

        @Override
        void put(long fileId, long databaseId) {
            ids.put(fileId, databaseId);
        }

        @Override
        long get(long fileId) {
            return ids.getIfAbsent(fileId, ABSENT);
        }
    }
}
