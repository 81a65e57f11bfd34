package ign.backup.format;

import static ign.backup.format.TextScanner.NOT_UNDERSTOOD;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * Judges property values in the form that our own writer gives them, without making objects of them.
 *
 * <p>What it accepts {@link ValueReader} accepts, too, in every version of the format and without a warning; anything else is
 * {@link TextScanner#NOT_UNDERSTOOD}. All methods take where something begins and return where it ends; the bytes end with a line
 * break, at which all of them stop. Used by one thread.
 */
final class ValueScanner {

    private static final byte[] TRUE = JsonBytes.ascii("true");
    private static final byte[] FALSE = JsonBytes.ascii("false");
    private static final byte[] TYPE = JsonBytes.ascii("{\"$type\":\"");
    private static final byte[] VALUE = JsonBytes.ascii(",\"_value\":");
    private static final byte[] BASE64_VALUE = JsonBytes.ascii(",\"_encoding\":\"base64\",\"_value\":\"");
    private static final byte[][] NO_NUMBERS = {
        JsonBytes.ascii("\"NaN\""), JsonBytes.ascii("\"Infinity\""), JsonBytes.ascii("\"-Infinity\"")
    };

    /** So many always fit into 64 bits. */
    private static final int SAFE_DIGITS = 18;

    /** So many, with an exponent of two digits, are never beyond a 64-bit float. */
    private static final int MOST_DIGITS_OF_DECIMAL = 100;

    /** So short a number without an exponent is never beyond a 32-bit float. */
    private static final int SAFE_LENGTH_OF_FLOAT = 30;

    private static final boolean[] BASE64 = base64();

    /** A word behind {@code $type}. */
    private record Type(TypeName name, boolean isArray) {}

    private final ByteTable<Type> types = new ByteTable<>();
    private final TimeScanner times = new TimeScanner();

    /** Of the number that was read last: whether it has a point or an exponent. */
    private boolean isDecimal;

    private boolean hasExponent;

    ValueScanner() {
        for (var name : TypeName.values()) {
            var word = JsonBytes.ascii(name.word());
            types.put(word, 0, word.length, new Type(name, false));
            var array = JsonBytes.ascii(name.word() + TypeName.ARRAY);
            types.put(array, 0, array.length, new Type(name, true));
        }
    }

    int end(byte[] bytes, int from) {
        return switch (bytes[from]) {
            case '"' -> TextScanner.end(bytes, from + 1);
            case '[' -> list(bytes, from + 1);
            case '{' -> typed(bytes, from);
            case 't', 'f' -> truth(bytes, from);
            default -> number(bytes, from);
        };
    }

    /** {@return the end of a whole number that has no more digits than every id, or likewise nothing} */
    int integer(byte[] bytes, int from) {
        int end = number(bytes, from);
        return isDecimal ? NOT_UNDERSTOOD : end;
    }

    private static int truth(byte[] bytes, int from) {
        int end = literal(TRUE, bytes, from);
        return end >= 0 ? end : literal(FALSE, bytes, from);
    }

    private static int literal(byte[] expected, byte[] bytes, int from) {
        int end = from + expected.length;
        return end < bytes.length && Arrays.equals(expected, 0, expected.length, bytes, from, end)
                ? end
                : NOT_UNDERSTOOD;
    }

    private int number(byte[] bytes, int from) {
        int begin = bytes[from] == '-' ? from + 1 : from;
        int at = bytes[begin] == '0' ? begin + 1 : afterDigits(bytes, begin);
        isDecimal = bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E';
        if (at == begin || at - begin > (isDecimal ? MOST_DIGITS_OF_DECIMAL : SAFE_DIGITS)) {
            return NOT_UNDERSTOOD;
        }
        if (bytes[at] == '.') {
            int fraction = at + 1;
            at = afterDigits(bytes, fraction);
            if (at == fraction || at - fraction > MOST_DIGITS_OF_DECIMAL) {
                return NOT_UNDERSTOOD;
            }
        }
        hasExponent = bytes[at] == 'e' || bytes[at] == 'E';
        return hasExponent ? exponent(bytes, at + 1) : at;
    }

    private static int exponent(byte[] bytes, int from) {
        int begin = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from;
        int end = afterDigits(bytes, begin);
        return end > begin && end <= begin + 2 ? end : NOT_UNDERSTOOD;
    }

    private static int afterDigits(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** A list of one kind; items of two are judged by the version of the format. */
    private int list(byte[] bytes, int from) {
        byte first = bytes[from];
        if (first == ']') {
            return from + 1;
        }
        int at = from;
        boolean decimals = false;
        while (true) {
            boolean isFirst = at == from;
            if (first == '"') {
                at = bytes[at] == '"' ? TextScanner.end(bytes, at + 1) : NOT_UNDERSTOOD;
            } else if (first == 't' || first == 'f') {
                at = truth(bytes, at);
            } else {
                at = number(bytes, at);
                decimals = isFirst ? isDecimal : decimals;
                at = decimals == isDecimal ? at : NOT_UNDERSTOOD;
            }
            if (at < 0) {
                return NOT_UNDERSTOOD;
            }
            if (bytes[at] != ',') {
                return bytes[at] == ']' ? at + 1 : NOT_UNDERSTOOD;
            }
            at++;
        }
    }

    private int typed(byte[] bytes, int from) {
        int word = literal(TYPE, bytes, from);
        if (word < 0) {
            return NOT_UNDERSTOOD;
        }
        int at = word;
        while (bytes[at] > ' ' && bytes[at] != '"') {
            at++;
        }
        var type = types.get(bytes, word, at);
        if (type == null || bytes[at] != '"') {
            return NOT_UNDERSTOOD;
        }
        at++;
        int value = literal(VALUE, bytes, at);
        if (value < 0) {
            at = base64(type, bytes, literal(BASE64_VALUE, bytes, at));
        } else {
            at = type.isArray ? items(type.name, bytes, value) : item(type.name, bytes, value);
        }
        return at >= 0 && bytes[at] == '}' ? at + 1 : NOT_UNDERSTOOD;
    }

    private int items(TypeName type, byte[] bytes, int from) {
        if (bytes[from] != '[' || type == TypeName.POINT) { // points of a list must have one SRID
            return NOT_UNDERSTOOD;
        }
        if (bytes[from + 1] == ']') {
            return from + 2;
        }
        int at = from;
        do {
            at = item(type, bytes, at + 1);
        } while (at >= 0 && bytes[at] == ',');
        return at >= 0 && bytes[at] == ']' ? at + 1 : NOT_UNDERSTOOD;
    }

    private int item(TypeName type, byte[] bytes, int from) {
        return switch (type) {
            case BOOLEAN -> truth(bytes, from);
            case BYTE -> integer(bytes, from, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> integer(bytes, from, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> integer(bytes, from, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(bytes, from);
            case FLOAT -> bytes[from] == '"' ? noNumber(bytes, from) : singlePrecision(bytes, from);
            case DOUBLE -> bytes[from] == '"' ? noNumber(bytes, from) : number(bytes, from);
            case CHAR -> character(bytes, from);
            case STRING -> bytes[from] == '"' ? TextScanner.end(bytes, from + 1) : NOT_UNDERSTOOD;
            default -> bytes[from] == '"' ? text(type, bytes, from + 1) : NOT_UNDERSTOOD;
        };
    }

    private int integer(byte[] bytes, int from, int lowest, int highest) {
        int end = integer(bytes, from);
        if (end < 0) {
            return NOT_UNDERSTOOD;
        }
        long value = LineScanner.number(bytes, from, end);
        return value >= lowest && value <= highest ? end : NOT_UNDERSTOOD;
    }

    private static int noNumber(byte[] bytes, int from) {
        for (var word : NO_NUMBERS) {
            int end = literal(word, bytes, from);
            if (end >= 0) {
                return end;
            }
        }
        return NOT_UNDERSTOOD;
    }

    private int singlePrecision(byte[] bytes, int from) {
        int end = number(bytes, from);
        if (end < 0 || (!hasExponent && end - from <= SAFE_LENGTH_OF_FLOAT)) {
            return end;
        }
        var text = new String(bytes, from, end - from, StandardCharsets.US_ASCII);
        return Float.isInfinite(Float.parseFloat(text)) ? NOT_UNDERSTOOD : end;
    }

    private static int character(byte[] bytes, int from) {
        boolean isOne =
                bytes[from] == '"' && bytes[from + 1] >= ' ' && bytes[from + 1] != '"' && bytes[from + 1] != '\\';
        return isOne && bytes[from + 2] == '"' ? from + 3 : NOT_UNDERSTOOD;
    }

    /** The rare forms of times, and durations and points, are read as they will be. */
    private int text(TypeName type, byte[] bytes, int from) {
        int end = times.end(type, bytes, from);
        if (end >= 0) {
            return end;
        }
        end = TextScanner.endOfPlain(bytes, from);
        if (end < 0) {
            return NOT_UNDERSTOOD;
        }
        var text = new String(bytes, from, end - 1 - from, StandardCharsets.US_ASCII);
        return isValue(type, text) ? end : NOT_UNDERSTOOD;
    }

    private static boolean isValue(TypeName type, String text) {
        try {
            var value = ValueText.parse(type, text);
            return !(value instanceof ZonedDateTime time) || !ValueText.isMoved(time, text);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return false; // the parser will come to the same and say it
        }
    }

    /** {@code from} is behind the opening quote. Base64 in whole groups of four, whose bytes are whole numbers. */
    private static int base64(Type type, byte[] bytes, int from) {
        if (from < 0 || !type.isArray || !BinaryArrays.isNumeric(type.name.type())) {
            return NOT_UNDERSTOOD;
        }
        int at = from;
        while (BASE64[bytes[at] & 0xFF]) {
            at++;
        }
        int padding = 0;
        while (padding < 2 && bytes[at + padding] == '=') {
            padding++;
        }
        int end = at + padding;
        int decoded = (end - from) / 4 * 3 - padding;
        boolean isWhole = (end - from) % 4 == 0
                && (padding == 0 || end > from)
                && decoded % BinaryArrays.componentBytes(type.name.type()) == 0;
        return isWhole && bytes[end] == '"' ? end + 1 : NOT_UNDERSTOOD;
    }

    private static boolean[] base64() {
        var alphabet = new boolean[256];
        for (char c = 0; c < 128; c++) {
            alphabet[c] =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
        }
        return alphabet;
    }
}
