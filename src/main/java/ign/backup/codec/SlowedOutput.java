package ign.backup.codec;

import ign.backup.model.BackupOutput;
import ign.backup.model.StopSignal;
import java.nio.ByteBuffer;

/** Writes no faster than a limit allows; those who write wait. */
public final class SlowedOutput implements BackupOutput {

    private final BackupOutput output;
    private final RateLimit limit;
    private final StopSignal stop;

    /** {@code stop} ends a wait. */
    public SlowedOutput(BackupOutput output, RateLimit limit, StopSignal stop) {
        this.output = output;
        this.limit = limit;
        this.stop = stop;
    }

    @Override
    public void append(ByteBuffer bytes) {
        limit.pass(bytes.remaining(), stop);
        output.append(bytes);
    }

    @Override
    public void overwrite(long position, ByteBuffer bytes) {
        output.overwrite(position, bytes);
    }

    @Override
    public long size() {
        return output.size();
    }
}
