package ign.backup.model;

/** The first bytes of an array that may be longer, and may be overwritten by whoever it belongs to. */
public final class BlockBytes {

    private final byte[] array;
    private final int length;

    /** The first {@code length} bytes of {@code array}, which is not copied. */
    public BlockBytes(byte[] array, int length) {
        this.array = array;
        this.length = length;
    }

    /** {@return the array they stand at the beginning of} */
    public byte[] array() {
        return array;
    }

    /** {@return how many there are} */
    public int length() {
        return length;
    }
}
