package ign.backup.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a JSON string of strict UTF-8, eight bytes of it at a time.
 *
 * <p>What it accepts {@link DocumentBytes} and the parser accept, too; what it does not understand it leaves to them.
 */
final class TextScanner {

    /** Something that is for the parser. */
    static final int NOT_UNDERSTOOD = -1;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private TextScanner() {}

    /**
     * {@return where the string ends, behind its closing quote}
     *
     * @param bytes hold a line break or another control character at {@code from} or behind it
     * @param from behind the opening quote
     */
    static int end(byte[] bytes, int from) {
        int at = from;
        while (true) {
            at = skipPlain(bytes, at);
            byte found = bytes[at];
            if (found == '"') {
                return at + 1;
            }
            if (found == '\\') {
                at = isShortEscape(bytes[at + 1]) ? at + 2 : NOT_UNDERSTOOD;
            } else if (found < 0) {
                at = afterCharacter(bytes, at);
            } else {
                return NOT_UNDERSTOOD;
            }
            if (at < 0) {
                return NOT_UNDERSTOOD;
            }
        }
    }

    /** {@return where the string ends that has ASCII without escapes only, likewise} */
    static int endOfPlain(byte[] bytes, int from) {
        int at = skipPlain(bytes, from);
        return bytes[at] == '"' ? at + 1 : NOT_UNDERSTOOD;
    }

    /** {@return the text of these bytes, or null if they are no UTF-8} */
    static @Nullable String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // the parser will come to the same and say it
        }
    }

    /** {@return the position of the first byte that is a quote, a backslash, a control character or no ASCII} */
    private static int skipPlain(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            // In each term the lowest of the high bits that are set is at the first byte that is meant.
            long special = (zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | ((eight - BLANKS) & ~eight) | eight)
                    & HIGH_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        while (bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static long zeros(long eight) {
        return (eight - ONES) & ~eight;
    }

    /** Not those with four digits, which can make half a surrogate pair. */
    private static boolean isShortEscape(byte escaped) {
        return switch (escaped) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            default -> false;
        };
    }

    private static int afterCharacter(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return follows(bytes, at + 1, 0x80, 0xBF) ? at + 2 : NOT_UNDERSTOOD;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            boolean valid = follows(bytes, at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF)
                    && follows(bytes, at + 2, 0x80, 0xBF);
            return valid ? at + 3 : NOT_UNDERSTOOD;
        }
        boolean valid = lead >= 0xF0
                && lead <= 0xF4
                && follows(bytes, at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)
                && follows(bytes, at + 2, 0x80, 0xBF)
                && follows(bytes, at + 3, 0x80, 0xBF);
        return valid ? at + 4 : NOT_UNDERSTOOD;
    }

    private static boolean follows(byte[] bytes, int at, int lowest, int highest) {
        int value = bytes[at] & 0xFF;
        return value >= lowest && value <= highest;
    }
}
