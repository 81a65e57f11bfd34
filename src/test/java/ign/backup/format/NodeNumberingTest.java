package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.NodeNumbering;
import java.util.ArrayList;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sets number their ids in the order of the ids, whatever the gaps. */
class NodeNumberingTest {

    private static final int COUNT = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {COUNT, 70_000, 1 << 20, 1L << 24})
    void theNumberOfAnIdIsHowManyAreBelowIt(long range) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var ids = new TreeSet<Long>();
        for (int i = 0; i < COUNT; i++) {
            ids.add((long) (random.nextDouble() * range));
        }
        ids.add(0L);
        ids.add(range);
        var bits = new ConcurrentIdSet();
        ids.descendingSet().forEach(bits::add);

        assertNumbers("seed " + seed, ids, bits.numbering());
        assertNumbers("seed " + seed, ids, roaring(ids));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, 1L << 40, (1L << 50) + 7})
    void idsThatAreStrewnAreNumberedToo(long stride) {
        var ids = new TreeSet<Long>();
        for (long i = 0; i < 1_000; i++) {
            ids.add(i * stride);
            ids.add(i * stride + 3);
        }

        assertNumbers("stride " + stride, ids, roaring(ids));
    }

    private static NodeNumbering roaring(NavigableSet<Long> ids) {
        var set = new IdSet();
        ids.descendingSet().forEach(id -> set.add(id));
        return set.numbering();
    }

    private static void assertNumbers(String which, NavigableSet<Long> ids, NodeNumbering numbering) {
        long expected = 0;
        var wrong = new ArrayList<Long>();
        for (long id : ids) {
            if (numbering.numberOf(id) != expected++) {
                wrong.add(id);
            }
            if (!ids.contains(id + 1) && numbering.numberOf(id + 1) != NodeNumbering.ABSENT) {
                wrong.add(id + 1);
            }
        }
        assertThat(wrong).as(which).isEmpty();
        assertThat(numbering.numberOf(Long.MAX_VALUE)).isEqualTo(NodeNumbering.ABSENT);
    }
}
