package ign.backup.graph.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.testkit.Together;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TakenIdsTest {

    private static final int PIECE = 1 << 20;

    private final TakenIds ids = new TakenIds();

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 64, PIECE - 1, PIECE, 2L * PIECE - 1, 1L << 31, (1L << 32) + 5, (1L << 35) - 1})
    void anIdIsTakenOnceAndNoOtherWithIt(long id) {
        assertThat(ids.take(id)).isTrue();
        assertThat(ids.take(id)).isFalse();
        if (id > 0) {
            assertThat(ids.take(id - 1)).isTrue();
        }
        if (id + 1 < 1L << 35) {
            assertThat(ids.take(id + 1)).isTrue();
        }
        assertThat(ids.take((id + 64) % (1L << 35))).isTrue();
        assertThat(ids.take((id + PIECE) % (1L << 35))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 35, Long.MAX_VALUE, -1})
    void anIdThatNoStoreCanHaveIsADefect(long id) {
        assertThatThrownBy(() -> ids.take(id))
                .isInstanceOf(BackupException.Defect.class)
                .hasMessage("id " + id + " is beyond what a store of Neo4j Community can have");
    }

    /** Around the border of two pieces, which none has made yet. */
    @Test
    void ofManyWhoWantAnIdOneGetsIt() {
        int first = PIECE - 20_000;
        var takers = new AtomicLongArray(40_000);

        Together.run(4, me -> {
            for (int i = 0; i < takers.length(); i++) {
                int at = me % 2 == 0 ? i : takers.length() - 1 - i;
                if (ids.take(first + at)) {
                    takers.incrementAndGet(at);
                }
            }
        });

        for (int i = 0; i < takers.length(); i++) {
            assertThat(takers.get(i)).as("id %s", first + i).isEqualTo(1);
        }
    }
}
