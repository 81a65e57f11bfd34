package ign.backup.codec;

/**
 * One buffer per thread for packed blocks, so that packing makes no garbage: a fresh megabyte per block would be a humongous
 * object for the garbage collector each time.
 *
 * <p>Belongs to one codec; what a thread holds goes with the codec. A buffer for an unusually large block is not kept.
 */
final class PackBuffers {

    private static final int KEPT_BYTES = 4 << 20;

    private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[0]);

    /** {@return at least that many bytes, of any content; valid until the same thread asks again} */
    byte[] atLeast(int size) {
        var kept = buffers.get();
        if (kept.length >= size) {
            return kept;
        }
        var fresh = new byte[size];
        if (size <= KEPT_BYTES) {
            buffers.set(fresh);
        }
        return fresh;
    }
}
