package ign.backup.format;

import ign.backup.model.BackupException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * The bytes of a document on their way to the parser: strict UTF-8, and no more than is allowed at a time.
 *
 * <p>The parser itself takes overlong forms and halves of surrogate pairs for characters, guesses other encodings, and reads on
 * and on where a line never ends. Eight bytes of ASCII are judged at once, which costs a few percent of parsing them.
 */
final class DocumentBytes extends FilterInputStream {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final String NOT_UTF_8 =
            "A backup is UTF-8. The file was changed after it was written, or another tool"
                    + " wrote it in another encoding; take another backup, or convert the file.";

    private long count;
    private long allowed;
    private final long wholeAllowed;
    private Supplier<String> place = () -> "line 1";

    /** Continuation bytes that must follow, and the bounds of the next of them. */
    private int following;

    private int lowest = 0x80;
    private int highest = 0xBF;

    /** At the beginning of a document of which {@code wholeAllowed} bytes may be read in all. */
    DocumentBytes(InputStream document, long wholeAllowed) {
        super(document);
        this.wholeAllowed = wholeAllowed;
    }

    /** Asks {@code newPlace} from now on where the parser is, for messages. */
    void placeBy(Supplier<String> newPlace) {
        place = newPlace;
    }

    /** {@return how many bytes have been read} */
    long count() {
        return count;
    }

    /** Allows so many bytes from here on, and no more. */
    void allow(long bytes) {
        allowed = count > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : count + bytes;
    }

    /** Counts what the reader keeps for bytes it has read, where that is far more than those. */
    void charge(long bytes) {
        allowed -= bytes;
        refuseTooMany();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read < 0) {
            if (following > 0) {
                throw notUtf8(count);
            }
            return read;
        }
        validate(target, offset, offset + read);
        count += read;
        refuseTooMany();
        return read;
    }

    private void refuseTooMany() {
        if (count > allowed || count > wholeAllowed) {
            throw new BackupException.BadRequest(
                    place.get() + ": more than the limits on the size of an element or of the document allow",
                    "The limits stand in docs/format.md; they keep a hostile file from filling the memory.");
        }
    }

    private void validate(byte[] bytes, int from, int to) {
        if (count < 4) {
            refuseZeros(bytes, from, (int) Math.min(to, from + 4 - count));
        }
        int index = from;
        while (index < to) {
            if (following == 0) {
                while (index + 8 <= to && ((long) EIGHT_BYTES.get(bytes, index) & HIGH_BITS) == 0) {
                    index += 8;
                }
                if (index == to) {
                    return;
                }
            }
            if (bytes[index] < 0 || following > 0) {
                judge(bytes[index] & 0xFF, count + index - from);
            }
            index++;
        }
    }

    private void judge(int value, long position) {
        if (following > 0) {
            if (value < lowest || value > highest) {
                throw notUtf8(position);
            }
            following--;
            lowest = 0x80;
            highest = 0xBF;
        } else if (value >= 0xC2 && value <= 0xDF) {
            following = 1;
        } else if (value >= 0xE0 && value <= 0xEF) {
            following = 2;
            lowest = value == 0xE0 ? 0xA0 : 0x80; // below: a longer form than needed
            highest = value == 0xED ? 0x9F : 0xBF; // above: half a surrogate pair
        } else if (value >= 0xF0 && value <= 0xF4) {
            following = 3;
            lowest = value == 0xF0 ? 0x90 : 0x80;
            highest = value == 0xF4 ? 0x8F : 0xBF; // above: beyond the last character
        } else {
            throw notUtf8(position);
        }
    }

    /** By zeros among the first four bytes a JSON parser recognises UTF-16 and UTF-32. */
    private void refuseZeros(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                throw notUtf8(count + i - from);
            }
        }
    }

    private BackupException.Damaged notUtf8(long position) {
        return new BackupException.Damaged(
                "byte " + position + " of the document is not UTF-8 (" + place.get() + " or a little later)",
                NOT_UTF_8);
    }
}
