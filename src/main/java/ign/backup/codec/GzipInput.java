package ign.backup.codec;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a sequence of gzip members and nothing else (RFC 1952).
 *
 * <p>The stream of the JDK takes anything after a member that is no further member for the end of the file, and so would miss
 * a damaged header in the middle of a backup.
 */
final class GzipInput extends InputStream {

    private static final String HINT = "The file was changed or cut after it was written, or it is no gzip file;"
            + " 'gzip -t' and 'sha256sum -c' tell more. Take another backup.";

    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream stored;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[64 << 10];

    private int position;
    private int limit;

    /** Position in the stored bytes of the end of {@link #packed}. */
    private long readSoFar;

    private long memberStart;
    private boolean insideMember;
    private boolean ended;
    private boolean closed;

    GzipInput(InputStream stored) {
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!insideMember) {
                beginMember();
            } else {
                int count = inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            inflater.end();
            stored.close();
        }
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            if (position == limit && !fill()) {
                throw cut();
            }
            inflater.setInput(packed, position, limit - position);
            position = limit;
        }
        int count;
        try {
            count = inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new BackupException.Damaged(
                    "the gzip member at byte " + memberStart + " is damaged before byte " + readSoFar + ": "
                            + e.getMessage(),
                    HINT,
                    e);
        }
        checksum.update(target, offset, count);
        if (inflater.finished()) {
            position = limit - inflater.getRemaining();
            endMember();
        } else if (inflater.needsDictionary()) {
            throw damaged("asks for a dictionary");
        }
        return count;
    }

    private void beginMember() throws IOException {
        memberStart = readSoFar - (limit - position);
        if (position == limit && !fill()) {
            if (memberStart == 0) {
                throw new BackupException.Damaged("the file is empty, expected a gzip member", HINT);
            }
            ended = true;
            return;
        }
        if (next() != 0x1f || next() != 0x8b) {
            throw new BackupException.Damaged(
                    "expected a gzip member at byte " + memberStart + ", found other bytes", HINT);
        }
        if (next() != 8) {
            throw damaged("is not compressed by deflate");
        }
        skipRestOfHeader(next());
        inflater.reset();
        checksum.reset();
        insideMember = true;
    }

    private void skipRestOfHeader(int flags) throws IOException {
        if ((flags & RESERVED) != 0) {
            throw damaged("has unknown flags");
        }
        skip(6); // time, flags of the compressor, operating system
        if ((flags & EXTRA) != 0) {
            skip(next() | (next() << 8));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void endMember() throws IOException {
        long expectedChecksum = fourBytes();
        long expectedSize = fourBytes();
        if (expectedChecksum != checksum.getValue() || expectedSize != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw damaged("does not fit its checksum");
        }
        insideMember = false;
    }

    private long fourBytes() throws IOException {
        return next() | ((long) next() << 8) | ((long) next() << 16) | ((long) next() << 24);
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // up to its end mark
        }
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw cut();
        }
        return packed[position++] & 0xFF;
    }

    private boolean fill() throws IOException {
        int count;
        do {
            count = stored.read(packed, 0, packed.length);
        } while (count == 0);
        position = 0;
        limit = Math.max(0, count);
        readSoFar += limit;
        return count > 0;
    }

    private BackupException.Damaged cut() {
        return new BackupException.Damaged(
                "the file ends at byte " + readSoFar + " inside the gzip member that begins at byte " + memberStart,
                HINT);
    }

    private BackupException.Damaged damaged(String what) {
        return new BackupException.Damaged("the gzip member at byte " + memberStart + " " + what, HINT);
    }
}
