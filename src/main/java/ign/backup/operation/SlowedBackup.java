package ign.backup.operation;

import ign.backup.codec.RateLimit;
import ign.backup.model.BackupName;
import ign.backup.model.StopSignal;
import ign.backup.storage.StoredBackup;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a backup no faster than a limit allows; those who read wait. */
final class SlowedBackup implements StoredBackup {

    private final StoredBackup stored;
    private final RateLimit limit;
    private final StopSignal stop;

    /** {@code stored} is closed with this; {@code stop} ends a wait. */
    SlowedBackup(StoredBackup stored, RateLimit limit, StopSignal stop) {
        this.stored = stored;
        this.limit = limit;
        this.stop = stop;
    }

    @Override
    public BackupName name() {
        return stored.name();
    }

    @Override
    public long size() {
        return stored.size();
    }

    @Override
    public int read(ByteBuffer into, long position) {
        return passed(stored.read(into, position));
    }

    @Override
    public InputStream stream() {
        return new FilterInputStream(stored.stream()) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                passed(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return passed(in.read(target, offset, length));
            }
        };
    }

    private int passed(int bytes) {
        limit.pass(Math.max(0, bytes), stop);
        return bytes;
    }

    @Override
    public void close() {
        stored.close();
    }
}
