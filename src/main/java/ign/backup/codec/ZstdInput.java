package ign.backup.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import ign.backup.model.BackupException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads a sequence of zstd frames and nothing else.
 *
 * <p>zstd-jni's own stream takes a file that ends inside a frame for a whole one when an earlier frame has ended in the same
 * read, and bytes after the last frame likewise; so the frames are followed here. A frame may ask for a window of up to 8 MiB,
 * which is what every level up to 19 needs.
 */
final class ZstdInput extends InputStream {

    private static final int BUFFER_BYTES = 128 << 10;

    private InputStream stored;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] chunk = new byte[BUFFER_BYTES];
    private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    /** Position in the stored bytes of the end of {@link #packed}. */
    private long readSoFar;

    private long frameStart;
    private boolean insideFrame;
    private boolean ended;
    private boolean closed;

    ZstdInput(InputStream stored) {
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        return provide() ? plain.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!provide()) {
            return -1;
        }
        int count = Math.min(length, plain.remaining());
        plain.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            end();
            stored.close();
        }
    }

    /** Frees the decoder. */
    void end() {
        closed = true;
        context.close();
    }

    /** {@return a stream over other stored bytes with the decoder of this one; closing it leaves the decoder open} */
    InputStream restart(InputStream others) {
        stored = others;
        context.reset();
        packed.limit(0);
        plain.limit(0);
        readSoFar = 0;
        frameStart = 0;
        insideFrame = false;
        ended = false;
        return new FilterInputStream(this) {
            @Override
            public void close() {}
        };
    }

    private boolean provide() throws IOException {
        if (closed) {
            throw new IOException("stream is closed");
        }
        while (!plain.hasRemaining() && !ended) {
            if (!insideFrame) {
                beginFrame();
            } else {
                decode();
            }
        }
        return plain.hasRemaining();
    }

    private void beginFrame() throws IOException {
        frameStart = position();
        while (packed.remaining() < ZstdFrame.LONGEST_HEADER && fill()) {
            // one read may bring less than a header
        }
        if (packed.hasRemaining()) {
            ZstdFrame.check(packed, frameStart);
            insideFrame = true;
        } else if (frameStart == 0) {
            throw new BackupException.Damaged("the file is empty, expected a zstd frame", ZstdFrame.HINT);
        } else {
            ended = true;
        }
    }

    private void decode() throws IOException {
        boolean atEnd = !packed.hasRemaining() && !fill();
        plain.clear();
        int before = packed.position();
        try {
            insideFrame = !context.decompressDirectByteBufferStream(plain, packed);
        } catch (ZstdException e) {
            // By the code alone: the library's message for it is that there was no error.
            var fault = e.getErrorCode() == Zstd.errChecksumWrong()
                    ? "does not fit its checksum"
                    : "cannot be unpacked (zstd error " + e.getErrorCode() + ")";
            throw new BackupException.Damaged("the zstd frame at byte " + frameStart + " " + fault, ZstdFrame.HINT, e);
        }
        plain.flip();
        if (insideFrame && atEnd && !plain.hasRemaining() && packed.position() == before) {
            throw new BackupException.Damaged(
                    "the file ends at byte " + readSoFar + " inside the zstd frame that begins at byte " + frameStart,
                    ZstdFrame.HINT);
        }
    }

    /** Adds stored bytes to {@link #packed}; false at their end. */
    private boolean fill() throws IOException {
        packed.compact();
        int count = stored.read(chunk, 0, packed.remaining());
        if (count > 0) {
            packed.put(chunk, 0, count);
            readSoFar += count;
        }
        packed.flip();
        return count >= 0;
    }

    private long position() {
        return readSoFar - packed.remaining();
    }
}
