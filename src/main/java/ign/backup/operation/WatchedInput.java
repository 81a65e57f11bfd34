package ign.backup.operation;

import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the progress of reading and looks for a stop. Closing it does nothing: what it reads belongs to somebody else. */
final class WatchedInput extends FilterInputStream {

    private final StopSignal stop;
    private final Progress progress;

    WatchedInput(InputStream in, StopSignal stop, Progress progress) {
        super(in);
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            progress.advance(1);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        stop.check();
        int read = in.read(target, offset, length);
        if (read > 0) {
            progress.advance(read);
        }
        return read;
    }

    @Override
    public void close() {}
}
