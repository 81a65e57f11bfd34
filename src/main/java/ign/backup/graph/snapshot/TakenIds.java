package ign.backup.graph.snapshot;

import ign.backup.model.BackupException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One bit per id, in pieces of 128 KiB that are made when their first id is taken: 12.5 MB for a hundred million ids.
 *
 * <p>Nothing has to be known about the highest id, which grows meanwhile.
 */
final class TakenIds implements Taken {

    private static final int PIECE_SHIFT = 20;
    private static final int WORDS_PER_PIECE = 1 << (PIECE_SHIFT - 6);

    /** Enough for 2^35 ids, more than the store formats of Neo4j Community can number. */
    private static final int MOST_PIECES = 1 << 15;

    private final AtomicReferenceArray<AtomicLongArray> pieces = new AtomicReferenceArray<>(MOST_PIECES);

    @Override
    public boolean take(long id) {
        long bit = bit(id);
        return (piece(id).getAndUpdate(word(id), bits -> bits | bit) & bit) == 0;
    }

    private AtomicLongArray piece(long id) {
        int number = number(id);
        var known = pieces.get(number);
        if (known != null) {
            return known;
        }
        var fresh = new AtomicLongArray(WORDS_PER_PIECE);
        var others = pieces.compareAndExchange(number, null, fresh);
        return others == null ? fresh : others;
    }

    private static int number(long id) {
        long number = id >>> PIECE_SHIFT;
        if (number >= MOST_PIECES) {
            throw new BackupException.Defect("id " + id + " is beyond what a store of Neo4j Community can have", null);
        }
        return (int) number;
    }

    private static int word(long id) {
        return (int) (id >>> 6) & (WORDS_PER_PIECE - 1);
    }

    private static long bit(long id) {
        return 1L << (id & 63);
    }
}
