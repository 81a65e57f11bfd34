package ign.backup.graph.snapshot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.Scratch;
import ign.backup.testkit.Await;
import ign.backup.testkit.MemoryStore;
import ign.backup.testkit.Together;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SavedElementsTest {

    private static final int CHUNK = 256 << 10;
    private static final int SIZE = 1 << 10;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ConcurrentLinkedQueue<BackupException> spoiled = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread poller;

    @Test
    void nothingIsThereAtFirst() {
        try (var saved = saved(CHUNK, disk())) {
            assertThat(saved.poll(Kind.NODE)).isNull();
            assertThat(saved.poll(Kind.RELATIONSHIP)).isNull();
        }
    }

    @Test
    void theKindsAreKeptApart() {
        try (var saved = saved(CHUNK, disk())) {
            add(saved, Kind.NODE, 1);
            add(saved, Kind.RELATIONSHIP, 2);

            assertThat(poll(saved, Kind.RELATIONSHIP)).containsExactly(2);
            assertThat(poll(saved, Kind.NODE)).containsExactly(1);
            assertThat(saved.poll(Kind.NODE)).isNull();
        }
    }

    @Test
    void anElementThatIsLargerThanAChunkStaysWhole() {
        var giant = new byte[3 * CHUNK];
        giant[giant.length - 1] = 7;
        try (var saved = saved(16 * CHUNK, disk())) {
            add(saved, Kind.NODE, 1);
            saved.of(Kind.NODE).add(giant, 0, giant.length);
            add(saved, Kind.NODE, 2);

            assertThat(poll(saved, Kind.NODE)).hasSize(3 * CHUNK / SIZE + 2).contains(1, 2);
        }
    }

    @Test
    void whatMemoryIsTooSmallForComesBackFromTheDisk() {
        int count = 12_000;
        try (var saved = saved(12L * CHUNK, disk())) { // four times that is enough even without a disk
            var shown = new ConcurrentLinkedQueue<Integer>();
            Together.run(3, me -> {
                for (int i = me; i < count; i += 3) {
                    add(saved, i % 5 == 0 ? Kind.RELATIONSHIP : Kind.NODE, i);
                    if (i % 1000 == 0) {
                        shown.addAll(poll(saved, Kind.NODE));
                    }
                }
            });
            shown.addAll(poll(saved, Kind.NODE));
            shown.addAll(poll(saved, Kind.RELATIONSHIP));

            assertThat(spoiled).isEmpty();
            assertThat(shown)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, count).boxed().toList());
        }
    }

    @Test
    void aDiskThatIsTooSlowSpoilsTheSnapshotAndMemoryIsGivenBack() {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Supplier<Scratch> slow = () -> {
            begun.countDown();
            await(goOn);
            return disk().get();
        };
        try (var saved = saved(2L * CHUNK, slow)) {
            fill(saved, 3 * CHUNK);
            await(begun);
            fill(saved, 5 * CHUNK);
            assertThat(spoiled).isEmpty();

            fill(saved, 2 * CHUNK);

            assertThat(spoiled).singleElement().satisfies(reason -> assertThat(reason)
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessage("writers replaced elements faster than the disk took their old states"));
            fill(saved, 100 * CHUNK);
            assertThat(spoiled).hasSize(1);
            assertThat(saved.poll(Kind.NODE)).isNull();
            goOn.countDown();
        }
    }

    @Test
    void aFullDiskSpoilsTheSnapshotAndTheWriterGoesOn() {
        try (var saved = saved(CHUNK, SavedElementsTest::full)) {
            fill(saved, 3 * CHUNK);
            Await.until("the failure", LIMIT, () -> !spoiled.isEmpty());

            fill(saved, 100 * CHUNK);

            assertThat(spoiled).singleElement().satisfies(reason -> assertThat(reason)
                    .hasMessage("no room"));
        }
    }

    /** Whoever takes over what is kept looks for a fault when nothing is left, and then does not look again. */
    @Test
    void aLossIsToldBeforeNothingSeemsToBeLeft() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var toldBefore = new AtomicBoolean();
        Supplier<SavedElements> making = () -> saved(CHUNK, () -> {
            begun.countDown();
            await(goOn);
            throw new UnsupportedOperationException() {
                private static final long serialVersionUID = 1L;

                /** Asked for when it is caught and not told yet. */
                @Override
                public String getMessage() {
                    awaitOthersWhoPoll();
                    return "gone";
                }
            };
        });
        try (var saved = making.get()) {
            fill(saved, 2 * CHUNK);
            await(begun);
            poller = new Thread(
                    () -> {
                        poll(saved, Kind.NODE);
                        toldBefore.set(!spoiled.isEmpty());
                    },
                    "poller");
            poller.setDaemon(true);
            poller.start();
            awaitOthersWhoPoll();
            goOn.countDown();
            poller.join();

            assertThat(toldBefore).isTrue();
        }
    }

    private void awaitOthersWhoPoll() {
        var thread = requireNonNull(poller);
        Await.until(
                "the other one to wait, or to have ended",
                LIMIT,
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TERMINATED);
    }

    @Test
    void closingRemovesTheFileAndWhatComesLaterIsNotKept() {
        var open = new AtomicInteger();
        Supplier<Scratch> counted = () -> {
            open.incrementAndGet();
            return new FailingScratch(open::decrementAndGet, null);
        };
        var saved = saved(CHUNK, counted);
        fill(saved, 3 * CHUNK);
        Await.until("the file to be opened", LIMIT, () -> open.get() == 1);

        saved.close();
        add(saved, Kind.NODE, 1);

        assertThat(open).hasValue(0);
        assertThat(saved.poll(Kind.NODE)).isNull();
        assertThat(spoiled).isEmpty();
    }

    @Test
    void whatTheDiskTookWhileItWasClosedIsNotKept() {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Supplier<Scratch> slow = () -> {
            begun.countDown();
            await(goOn);
            return new FailingScratch(() -> {}, null);
        };
        var saved = saved(CHUNK, slow);
        fill(saved, 3 * CHUNK);
        await(begun);
        var closer = new Thread(saved::close, "closer");
        closer.setDaemon(true);
        closer.start();
        Await.until("the one who closes to wait for the disk", LIMIT, () -> closer.getState() == Thread.State.WAITING);

        goOn.countDown();
        Await.until("the end of closing", LIMIT, () -> !closer.isAlive());

        assertThat(saved.poll(Kind.NODE)).isNull();
        assertThat(spoiled).isEmpty();
    }

    @Test
    void whoWaitsForTheDiskCanBeInterrupted() {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Supplier<Scratch> slow = () -> {
            begun.countDown();
            await(goOn);
            return disk().get();
        };
        try (var saved = saved(CHUNK, slow)) {
            fill(saved, 2 * CHUNK);
            await(begun);
            poll(saved, Kind.RELATIONSHIP);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> poll(saved, Kind.NODE)).isInstanceOf(BackupException.Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
            goOn.countDown();
        }
    }

    private SavedElements saved(long memory, Supplier<Scratch> scratch) {
        return new SavedElements(memory, scratch, spoiled::add);
    }

    private static Supplier<Scratch> disk() {
        return new MemoryStore()::scratch;
    }

    private static Scratch full() {
        return new FailingScratch(() -> {}, new BackupException.Unavailable("no room", "Make some."));
    }

    private static void fill(SavedElements saved, int bytes) {
        for (int i = 0; i < bytes / SIZE; i++) {
            add(saved, Kind.NODE, i);
        }
    }

    private static void add(SavedElements saved, Kind kind, int number) {
        var bytes = ByteBuffer.allocate(SIZE + 2);
        bytes.putInt(1, number);
        saved.of(kind).add(bytes.array(), 1, SIZE);
    }

    /** {@return the numbers of all that is kept at present} */
    private static List<Integer> poll(SavedElements saved, Kind kind) {
        var numbers = new ArrayList<Integer>();
        for (var chunk = saved.poll(kind); chunk != null; chunk = saved.poll(kind)) {
            for (int at = 0; at < chunk.size(); at += SIZE) {
                numbers.add(ByteBuffer.wrap(chunk.bytes()).getInt(at));
            }
        }
        return Collections.unmodifiableList(numbers);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Forgets what it is given, or takes nothing. */
    private record FailingScratch(
            Runnable closing, @Nullable BackupException failure) implements Scratch {

        @Override
        public long append(ByteBuffer bytes) {
            if (failure != null) {
                throw failure;
            }
            bytes.position(bytes.limit());
            return 0;
        }

        @Override
        public void read(ByteBuffer into, long position) {
            into.position(into.limit());
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
