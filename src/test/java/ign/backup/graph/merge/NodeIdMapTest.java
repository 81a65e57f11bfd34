package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdMapTest {

    /** Ids close together, and strewn over all numbers. */
    @ParameterizedTest
    @ValueSource(longs = {0, 10, 200_000, 1L << 62})
    void knowsWhatWasPut(long largestId) {
        var map = NodeIdMap.of(1000, largestId);
        var expected = new HashMap<Long, Long>();
        var random = new Random(largestId);
        for (int i = 0; i < 1000; i++) {
            long id = (random.nextLong() & Long.MAX_VALUE) % (largestId + 1);
            expected.put(id, i % 10 == 0 ? NodeIdMap.WOULD_BE_CREATED : (long) random.nextInt(Integer.MAX_VALUE));
            map.put(id, expected.get(id));
        }

        expected.forEach((fileId, databaseId) -> assertThat(map.get(fileId)).isEqualTo(databaseId));
        assertThat(map.get(largestId + 1)).isEqualTo(NodeIdMap.ABSENT);
        assertThat(map.get(-1)).isEqualTo(NodeIdMap.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65_535, 65_536, 1L << 40})
    void aSetOfBitsHasWhatWasAddedAndNothingElse(long id) {
        var bits = new IdBits();
        bits.add(id);

        assertThat(bits.contains(id)).isTrue();
        assertThat(bits.contains(id + 1)).isFalse();
        assertThat(bits.contains(id ^ (1L << 41))).isFalse();
    }
}
