package ign.backup.format;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads property values that a {@link ValueScanner} has accepted straight from their bytes.
 *
 * <p>Making a parser takes far longer than reading such a value. So here are the commonest forms, and {@link ValueReader} reads the others; of
 * what both read they make the same values.
 */
final class PlainValues {

    private static final byte[] TYPE = JsonBytes.ascii("{\"$type\":\"");
    private static final byte[] VALUE = JsonBytes.ascii("\",\"_value\":\"");
    private static final byte[] BASE64 = JsonBytes.ascii("\",\"_encoding\":\"base64\",\"_value\":\"");

    /** What stands behind the text of a typed value. */
    private static final int END = "\"}".length();

    private static final Set<TypeName> TEXTS = EnumSet.range(TypeName.DATE, TypeName.POINT);

    private PlainValues() {}

    /** {@return the value that stands there, or null when it is for the parser} */
    static @Nullable Object read(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case '"' -> text(bytes, from + 1, to - 1);
            case 't' -> true;
            case 'f' -> false;
            case '{' -> typed(bytes, from, to);
            case '[' -> null;
            default -> number(bytes, from, to);
        };
    }

    private static @Nullable String text(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return null;
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static Object number(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
                return NumberInput.parseDouble(ascii(bytes, from, to), true);
            }
        }
        return LineScanner.number(bytes, from, to);
    }

    /** Texts of times and the like, which have no escapes, and arrays of numbers in Base64. */
    private static @Nullable Object typed(byte[] bytes, int from, int to) {
        int word = from + TYPE.length;
        int end = word;
        while (bytes[end] != '"') {
            end++;
        }
        boolean isArray = bytes[end - 1] == ']';
        var name = ascii(bytes, word, isArray ? end - TypeName.ARRAY.length() : end);
        var type = TypeName.of(name).orElse(null);
        if (type == null) {
            return null;
        }
        if (isArray) {
            return standsAt(BASE64, bytes, end)
                    ? BinaryArrays.decode(type.type(), ascii(bytes, end + BASE64.length, to - END))
                    : null;
        }
        return TEXTS.contains(type) && standsAt(VALUE, bytes, end)
                ? ValueText.parse(type, ascii(bytes, end + VALUE.length, to - END))
                : null;
    }

    private static boolean standsAt(byte[] expected, byte[] bytes, int from) {
        int to = from + expected.length;
        return to <= bytes.length && Arrays.equals(expected, 0, expected.length, bytes, from, to);
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
}
