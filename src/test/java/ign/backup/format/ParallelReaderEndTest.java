package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.codec.Codecs;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import ign.backup.model.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a parallel reading ends, its threads have ended with it. */
@Timeout(60)
class ParallelReaderEndTest {

    private static final String THREAD = "parallel-reader-end-test-";

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(THREAD));
    }

    @Test
    void endsWithTheStopSignal() {
        var stored = Documents.write(ParallelReaderTest.SMALL).toByteArray();
        var looks = new AtomicInteger();
        InputStream watched = new FilterInputStream(new ByteArrayInputStream(stored)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (looks.incrementAndGet() > 20) {
                    throw new BackupException.Cancelled("stop");
                }
                return super.read(target, offset, Math.min(length, 50));
            }
        };

        assertThatThrownBy(() -> new ParallelReader(Limits.DEFAULT, 3, THREAD, 10)
                        .read(
                                Codecs.of(Compression.NONE),
                                watched,
                                () -> new GraphVisitor() {},
                                s -> {},
                                StopSignal.NEVER))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("stop");
    }

    /** A thread that waits for parts before its own, while nothing more comes. */
    @Test
    void endsWithTheStopSignalWhileAVisitorIsBusy() {
        var stored = Documents.write(ParallelReaderTest.SMALL).toByteArray();
        var stopped = new CountDownLatch(1);
        StopSignal stop = () -> {
            stopped.countDown();
            throw new BackupException.Cancelled("stop");
        };
        var busy = new GraphVisitor() {
            @Override
            public void node(Element.Node node) {
                try {
                    stopped.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };

        assertThatThrownBy(() -> new ParallelReader(Limits.DEFAULT, 2, THREAD, 10)
                        .read(Codecs.of(Compression.NONE), new ByteArrayInputStream(stored), () -> busy, s -> {}, stop))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("stop");
    }

    @Test
    void tellsAFaultOfAVisitorAndAFailureToReadAsTheyAre() {
        var stored = Documents.write(ParallelReaderTest.SMALL).toByteArray();
        var reader = new ParallelReader(Limits.DEFAULT, 2, THREAD, 10);
        var faulty = new GraphVisitor() {
            @Override
            public void relationship(Element.Relationship relationship) {
                throw new IllegalStateException("a bug");
            }
        };
        assertThatThrownBy(() -> reader.read(
                        Codecs.of(Compression.NONE),
                        new ByteArrayInputStream(stored),
                        () -> faulty,
                        s -> {},
                        StopSignal.NEVER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");

        InputStream broken = new FilterInputStream(new ByteArrayInputStream(stored, 0, stored.length / 2)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    throw new IOException("no disk");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> reader.read(
                        Codecs.of(Compression.NONE), broken, () -> new GraphVisitor() {}, s -> {}, StopSignal.NEVER))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("the backup cannot be read: no disk");
    }
}
