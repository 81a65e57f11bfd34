package ign.backup.graph.snapshot;

import ign.backup.model.BackupException;
import ign.backup.model.EncodedElements;
import ign.backup.model.Scratch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The old states that commits have saved, encoded, until the scan takes them over: in memory up to a limit, and beyond it in a
 * temporary file.
 *
 * <p>A thread of its own moves them to the file, so that no commit waits for a disk. When it cannot keep up, memory grows to four
 * times the limit; then the snapshot is spoiled, and nothing more is kept.
 */
public final class SavedElements implements AutoCloseable {

    private static final int CHUNK_BYTES = 256 << 10;
    private static final int PATIENCE = 4;

    private final long memoryLimit;
    private final Supplier<Scratch> newScratch;
    private final Consumer<BackupException> spoil;
    private final Shelf nodes = new Shelf();
    private final Shelf relationships = new Shelf();
    private long memory;
    private boolean ended;
    private @Nullable Thread mover;
    private @Nullable Scratch scratch;

    /**
     * Empty.
     *
     * @param memoryLimit bytes
     * @param newScratch opens a temporary file, when memory is full for the first time
     * @param spoil is told when old states are lost
     */
    public SavedElements(long memoryLimit, Supplier<Scratch> newScratch, Consumer<BackupException> spoil) {
        this.memoryLimit = memoryLimit;
        this.newScratch = newScratch;
        this.spoil = spoil;
    }

    /** {@return where elements of one kind are kept} It takes them at once. */
    public EncodedElements of(Kind kind) {
        return (source, offset, length) -> add(kind, source, offset, length);
    }

    /**
     * Takes some of what is kept away.
     *
     * @return whole elements, or null when nothing is kept at present
     */
    public @Nullable Chunk poll(Kind kind) {
        Extent extent;
        synchronized (this) {
            var shelf = shelf(kind);
            extent = shelf.moved.poll();
            while (extent == null) {
                var chunk = shelf.takeChunk();
                if (chunk != null) {
                    memory -= chunk.bytes.length;
                    return chunk;
                }
                if (shelf.moving == 0 || ended) {
                    return null;
                }
                await();
                extent = shelf.moved.poll();
            }
        }
        return read(extent);
    }

    private synchronized void add(Kind kind, byte[] source, int offset, int length) {
        if (ended) {
            return; // nobody will ask for it
        }
        var shelf = shelf(kind);
        var chunk = shelf.filling;
        if (chunk == null || !chunk.hasRoomFor(length)) {
            chunk = shelf.beginChunk(Math.max(CHUNK_BYTES, length));
            relieve(chunk.bytes.length);
        }
        chunk.add(source, offset, length);
    }

    private void relieve(int wanted) {
        memory += wanted;
        if (memory <= memoryLimit) {
            return;
        }
        if (memory - wanted > PATIENCE * memoryLimit) {
            lose(
                    new BackupException.Unavailable(
                            "writers replaced elements faster than the disk took their old states",
                            "Raise 'snapshot_memory', put the backup folder on a faster disk, or make the backup at a quieter time."));
        } else if (mover == null) {
            mover = new Thread(this::move, "ign-backup-snapshot-memory");
            mover.setDaemon(true);
            mover.start();
        }
        notifyAll();
    }

    private void move() {
        try {
            for (var shelf = nextToMove(); shelf != null; shelf = nextToMove()) {
                moveOne(shelf);
            }
        } catch (BackupException e) {
            lose(e);
        } catch (Throwable e) { // allow IllegalCatch: whatever ends this thread, nothing more is kept, and that must be
            // said
            lose(new BackupException.Defect("the old states of changed elements could not be kept: " + e, e));
        }
    }

    /** {@return the shelf with most to move, once memory is full; null at the end} */
    private synchronized @Nullable Shelf nextToMove() {
        while (!ended && memory <= memoryLimit) {
            await();
        }
        if (ended) {
            return null;
        }
        return nodes.chunks() > relationships.chunks() ? nodes : relationships;
    }

    private void moveOne(Shelf shelf) {
        Chunk chunk;
        synchronized (this) {
            chunk = shelf.takeChunk();
            if (chunk == null) {
                return;
            }
            shelf.moving++;
        }
        long position = openScratch().append(ByteBuffer.wrap(chunk.bytes, 0, chunk.size));
        synchronized (this) { // not after a failure: whoever waits for this chunk is to go on when its loss is told
            shelf.moving--;
            memory -= chunk.bytes.length;
            if (!ended) { // it may have ended while the disk was at work
                shelf.moved.add(new Extent(position, chunk.size));
            }
            notifyAll();
        }
    }

    private Scratch openScratch() {
        if (scratch == null) {
            scratch = newScratch.get();
        }
        return scratch;
    }

    private Chunk read(Extent extent) {
        var chunk = new Chunk(extent.size);
        Objects.requireNonNull(scratch).read(ByteBuffer.wrap(chunk.bytes), extent.position);
        chunk.size = extent.size;
        return chunk;
    }

    private synchronized void lose(BackupException reason) {
        spoil.accept(reason);
        ended = true;
        nodes.clear();
        relationships.clear();
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // the loops are where it is called
    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the backup was interrupted");
        }
    }

    private Shelf shelf(Kind kind) {
        return kind == Kind.NODE ? nodes : relationships;
    }

    /** Frees the memory and removes the file. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            ended = true;
            nodes.clear();
            relationships.clear();
            notifyAll();
            running = mover;
        }
        awaitEnd(running);
        if (scratch != null) {
            scratch.close();
        }
    }

    private static void awaitEnd(@Nullable Thread thread) {
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it still writes to the file that is to be closed
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is kept of one kind; guarded by the whole. */
    private static final class Shelf {
        private final Queue<Chunk> full = new ArrayDeque<>();
        private final Queue<Extent> moved = new ArrayDeque<>();
        private @Nullable Chunk filling;
        private int moving;

        int chunks() {
            return full.size() + (filling == null ? 0 : 1);
        }

        Chunk beginChunk(int capacity) {
            if (filling != null) {
                full.add(filling);
            }
            var fresh = new Chunk(capacity);
            filling = fresh;
            return fresh;
        }

        @Nullable Chunk takeChunk() {
            var chunk = full.poll();
            if (chunk == null) {
                chunk = filling;
                filling = null;
            }
            return chunk;
        }

        void clear() {
            full.clear();
            moved.clear();
            filling = null;
        }
    }

    /** Some encoded elements. */
    public static final class Chunk {
        private final byte[] bytes;
        private int size;

        private Chunk(int capacity) {
            bytes = new byte[capacity];
        }

        private boolean hasRoomFor(int length) {
            return bytes.length - size >= length;
        }

        private void add(byte[] source, int offset, int length) {
            System.arraycopy(source, offset, bytes, size, length);
            size += length;
        }

        /** {@return the bytes, of which the first {@link #size} count} */
        public byte[] bytes() {
            return bytes;
        }

        /** {@return how many of the bytes count} */
        public int size() {
            return size;
        }
    }

    private record Extent(long position, int size) {}
}
