package ign.backup.format;

import ign.backup.model.BlockBytes;
import ign.backup.model.BlockCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The stored bytes of a document, parted where each part can be unpacked alone. Used by one thread, except {@link #release}. */
final class StoredParts {

    private static final int READ_BYTES = 64 << 10;

    private final BlockCodec codec;
    private final InputStream stored;
    private final int wanted;
    private final int most;
    private final int usual;
    private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
    private byte[] held;
    private int length;
    private boolean atEnd;

    /**
     * At the beginning of {@code stored}.
     *
     * @param wanted how long a part should be, where that can be chosen
     * @param most how long one may be
     */
    StoredParts(BlockCodec codec, InputStream stored, int wanted, int most) {
        this.codec = codec;
        this.stored = stored;
        this.wanted = wanted;
        this.most = most;
        usual = wanted + READ_BYTES;
        held = new byte[usual];
    }

    /** {@return the next part, or null at the end} */
    @Nullable BlockBytes next() {
        int end = codec.part(held, length, wanted);
        while (end == 0 && fill()) {
            end = codec.part(held, length, wanted);
        }
        if (end == 0) {
            end = length;
        }
        if (end == 0) {
            return null;
        }
        var part = new BlockBytes(held, end);
        int rest = length - end;
        var next = free.poll();
        held = next != null && next.length > rest ? next : new byte[Math.max(usual, rest + READ_BYTES)];
        System.arraycopy(part.array(), end, held, 0, rest);
        length = rest;
        return part;
    }

    /** Takes the bytes of a part back, to be overwritten. */
    void release(BlockBytes part) {
        if (part.array().length == usual) {
            free.add(part.array());
        }
    }

    /** Reads on; false at the end. */
    private boolean fill() {
        if (atEnd) {
            return false;
        }
        if (length == held.length) {
            if (length >= most) {
                throw PartOrder.unfit("a block is longer than " + most + " bytes");
            }
            held = Arrays.copyOf(held, 2 * length);
        }
        try {
            int count = stored.read(held, length, Math.min(READ_BYTES, held.length - length));
            atEnd = count < 0;
            length += Math.max(0, count);
        } catch (IOException e) {
            throw JsonInput.unreadable(e);
        }
        return !atEnd;
    }
}
