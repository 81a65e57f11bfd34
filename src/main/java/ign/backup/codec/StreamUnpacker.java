package ign.backup.codec;

import ign.backup.model.BackupException;
import ign.backup.model.BlockBytes;
import ign.backup.model.BlockUnpacker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Unpacks each part by a stream of its own, into one array. */
final class StreamUnpacker implements BlockUnpacker {

    /** What a block of our own has, and room for the element that made it full. */
    private static final int USUAL_BYTES = (1 << 20) + (1 << 16);

    /** Enough for the header of a backup, or all of a small one. */
    private static final int SMALL_BYTES = 16 << 10;

    private final UnaryOperator<InputStream> unpacking;
    private byte[] document = new byte[0];

    /** By streams that {@code unpacking} opens around the stored bytes. */
    StreamUnpacker(UnaryOperator<InputStream> unpacking) {
        this.unpacking = unpacking;
    }

    @Override
    public BlockBytes unpack(BlockBytes stored, int most) {
        try (var stream = unpacking.apply(new ByteArrayInputStream(stored.array(), 0, stored.length()))) {
            int size = drain(stream, most);
            return new BlockBytes(document, size);
        } catch (IOException e) {
            throw new BackupException.Defect("bytes in memory cannot be read", e);
        }
    }

    private int drain(InputStream stream, int most) throws IOException {
        int size = 0;
        while (true) {
            if (size == document.length) {
                document = Arrays.copyOf(document, size < SMALL_BYTES ? SMALL_BYTES : Math.max(USUAL_BYTES, 2 * size));
            }
            int count = stream.read(document, size, document.length - size);
            if (count < 0) {
                return size;
            }
            size = checked(size + count, most);
        }
    }

    /** {@return {@code size}, which is not above {@code most}} */
    static int checked(int size, int most) {
        if (size > most) {
            throw new BackupException.BadRequest(
                    "a block has more than " + most + " bytes when it is unpacked",
                    "Read the file from its beginning to its end instead.");
        }
        return size;
    }

    @Override
    public void close() {}
}
