package ign.backup.storage;

import ign.backup.model.BackupName;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** A backup file, open for reading. It stays readable when it is removed meanwhile, where the system allows that. */
final class FolderStoredBackup implements StoredBackup {

    private final BackupName name;
    private final Path file;
    private final Source source;
    private final Closeable held;
    private final long size;

    /** Where its bytes come from. */
    private interface Source {
        int read(ByteBuffer into, long position) throws IOException;
    }

    FolderStoredBackup(BackupName name, Path file, FileChannel channel) throws IOException {
        this(name, file, channel::read, channel, channel.size());
    }

    private FolderStoredBackup(BackupName name, Path file, Source source, Closeable held, long size) {
        this.name = name;
        this.file = file;
        this.source = source;
        this.held = held;
        this.size = size;
    }

    /**
     * {@return one that has no name yet}
     *
     * <p>It is read through the file that writes it: to open it once more and close that would give its lock up.
     */
    static FolderStoredBackup of(BackupName name, Path file, TemporaryFile temporary, long size) {
        return new FolderStoredBackup(name, file, temporary::readSome, () -> {}, size);
    }

    @Override
    public BackupName name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer into, long position) {
        try {
            return source.read(into, position);
        } catch (IOException e) {
            throw DiskFailure.reading(file, e);
        }
    }

    @Override
    public InputStream stream() {
        return new PositionedStream();
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw DiskFailure.reading(file, e);
        }
    }

    private final class PositionedStream extends InputStream {

        private long position;

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            var count = FolderStoredBackup.this.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) {
            var skipped = Math.max(0, Math.min(count, size - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, Math.max(0, size - position));
        }
    }
}
