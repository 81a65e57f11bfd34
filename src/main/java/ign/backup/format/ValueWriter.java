package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.ValueType;
import java.lang.reflect.Array;

/** Property values to JSON: plain where JSON says the same, otherwise as an object with the type's name. */
final class ValueWriter {

    static final byte[] TRUE = JsonBytes.ascii("true");
    static final byte[] FALSE = JsonBytes.ascii("false");

    /** From this length on a numeric array is Base64: half the size and a tenth of the time of digits. */
    static final int BASE64_FROM = 32;

    private static final byte[] END_ARRAY = JsonBytes.ascii("]}");

    private ValueWriter() {}

    /** Writes a value of one of the classes of {@link ValueType}. */
    static void write(JsonBytes out, Object value) {
        var type = ValueType.of(value)
                .orElseThrow(() -> new BackupException.Defect(
                        "no property can have a value of " + value.getClass().getName(), null));
        if (!value.getClass().isArray()) {
            scalar(out, type, value);
        } else if (type == ValueType.STRING) {
            plainArray(out, value);
        } else {
            array(out, type, value);
        }
    }

    static void write(JsonBytes out, double value) {
        if (Double.isFinite(value)) {
            out.decimal(value);
        } else {
            typed(out, ValueType.DOUBLE, value);
        }
    }

    private static void scalar(JsonBytes out, ValueType type, Object value) {
        switch (type) {
            case STRING, LONG, BOOLEAN -> component(out, value);
            case DOUBLE -> write(out, (double) value);
            default -> typed(out, type, value);
        }
    }

    private static void typed(JsonBytes out, ValueType type, Object value) {
        out.raw(TypeName.of(type, value).scalarStart());
        component(out, value);
        out.raw('}');
    }

    private static void array(JsonBytes out, ValueType type, Object array) {
        int length = Array.getLength(array);
        if (length >= BASE64_FROM && BinaryArrays.isNumeric(type)) {
            out.raw(TypeName.of(type).base64Start());
            out.raw(BinaryArrays.encode(type, array));
            out.raw('"');
            out.raw('}');
        } else if (length > 0 && isPlain(type, array)) {
            plainArray(out, array);
        } else {
            out.raw(TypeName.of(type).arrayStart());
            components(out, array);
            out.raw(END_ARRAY);
        }
    }

    private static boolean isPlain(ValueType type, Object array) {
        return switch (type) {
            case BOOLEAN, LONG -> true;
            case DOUBLE -> allFinite((double[]) array);
            default -> false;
        };
    }

    private static boolean allFinite(double[] numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    private static void plainArray(JsonBytes out, Object array) {
        out.raw('[');
        components(out, array);
        out.raw(']');
    }

    private static void components(JsonBytes out, Object array) {
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.raw(',');
            }
            component(out, Array.get(array, i));
        }
    }

    /** One value as it stands inside an array or a typed object. */
    private static void component(JsonBytes out, Object value) {
        if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.decimal(number.doubleValue());
        } else if (value instanceof Float number && Float.isFinite(number)) {
            out.decimal(number.floatValue());
        } else if (value instanceof Double || value instanceof Float) {
            out.string(value.toString()); // NaN, Infinity, -Infinity: JSON has no number for them
        } else if (value instanceof Number number) {
            out.integer(number.longValue());
        } else if (value instanceof Boolean truth) {
            out.bool(truth);
        } else if (value instanceof Character character) {
            out.character(character);
        } else {
            out.string(ValueText.of(value));
        }
    }
}
