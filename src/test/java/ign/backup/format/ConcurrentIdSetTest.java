package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrentIdSetTest {

    @Test
    void knowsWhatWasAdded() {
        var random = new SplittableRandom(42);
        var ids = new ConcurrentIdSet();
        var expected = new HashSet<Long>();
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextLong(1L << random.nextInt(1, 27));
            assertThat(ids.add(id)).isEqualTo(expected.add(id));
        }
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextLong(1L << random.nextInt(1, 63));
            assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
        }
    }

    /** Each id is added by two threads, of which exactly one is told that it is new. */
    @Test
    void tellsOneOfTwoThreadsThatAnIdIsNew() {
        var ids = new ConcurrentIdSet();
        var fresh = new LongAdder();

        IntStream.range(0, 8).parallel().forEach(thread -> {
            for (long id = thread / 2; id < 1_000_000; id += 4) {
                if (ids.add(id)) {
                    fresh.increment();
                }
            }
        });

        assertThat(fresh.sum()).isEqualTo(1_000_000);
        assertThat(IntStream.range(0, 1_000_000).allMatch(ids::contains)).isTrue();
        assertThat(ids.contains(1_000_000)).isFalse();
    }

    @Test
    void leavesIdsThatAreStrewnToASetThatTakesLess() {
        var ids = new ConcurrentIdSet();

        assertThatThrownBy(() -> {
                    for (long id = 0; id < 1L << 30; id += 1 << 16) {
                        ids.add(id);
                    }
                })
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the ids are strewn more widely than a set of bits can keep");
        assertThatThrownBy(() -> ids.add(Long.MAX_VALUE)).isInstanceOf(BackupException.BadRequest.class);
        assertThat(ids.contains(Long.MAX_VALUE)).isFalse();
    }
}
