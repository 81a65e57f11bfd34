package ign.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupOutput;
import ign.backup.model.StopSignal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At a byte per second a thousand bytes would take a quarter of an hour: who looks for a stop signal is waiting. */
@Timeout(60)
class SlowedOutputTest {

    private final List<String> written = new ArrayList<>();
    private final BackupOutput output = new BackupOutput() {
        @Override
        public void append(ByteBuffer bytes) {
            written.add("append " + bytes.remaining());
        }

        @Override
        public void overwrite(long position, ByteBuffer bytes) {
            written.add("overwrite " + position + " " + bytes.remaining());
        }

        @Override
        public long size() {
            return 4711;
        }
    };

    @Test
    void theFirstBytesPassAtOnce() {
        slowed(1, SlowedOutputTest::neverAsked).append(ByteBuffer.allocate(1000));

        assertThat(written).containsExactly("append 1000");
    }

    @Test
    void whoComesNextWaitsUntilItIsStoppedAndWritesNothing() {
        var looks = new AtomicInteger();
        var slowed = slowed(1, () -> {
            if (looks.incrementAndGet() == 3) {
                throw new BackupException.Cancelled("enough");
            }
        });
        slowed.append(ByteBuffer.allocate(1000));

        assertThatThrownBy(() -> slowed.append(ByteBuffer.allocate(1))).isInstanceOf(BackupException.Cancelled.class);

        assertThat(looks).hasValue(3);
        assertThat(written).containsExactly("append 1000");
    }

    @Test
    void whoeverSharesTheRateWaitsToo() {
        var limit = new RateLimit(1);
        new SlowedOutput(output, limit, SlowedOutputTest::neverAsked).append(ByteBuffer.allocate(1000));
        var other = new SlowedOutput(output, limit, () -> {
            throw new BackupException.Cancelled("it waits");
        });

        assertThatThrownBy(() -> other.append(ByteBuffer.allocate(1))).hasMessage("it waits");
    }

    @Test
    void theWaitEndsWhenTheTimeHasCome() {
        var slowed = slowed(1_000_000, StopSignal.NEVER);

        for (int i = 0; i < 5; i++) {
            slowed.append(ByteBuffer.allocate(1000));
        }

        assertThat(written).hasSize(5);
    }

    @Test
    void whatIsWrittenAgainDoesNotWait() {
        var slowed = slowed(1, SlowedOutputTest::neverAsked);
        slowed.append(ByteBuffer.allocate(1000));

        slowed.overwrite(3, ByteBuffer.allocate(7));

        assertThat(written).containsExactly("append 1000", "overwrite 3 7");
        assertThat(slowed.size()).isEqualTo(4711);
    }

    private SlowedOutput slowed(long bytesPerSecond, StopSignal stop) {
        return new SlowedOutput(output, new RateLimit(bytesPerSecond), stop);
    }

    private static void neverAsked() {
        throw new AssertionError("it waits");
    }
}
