package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Property values from JSON. */
final class ValueReader {

    private final JsonInput input;
    private final Dialect dialect;
    private final TypedValueReader typed;

    private long[] longs = new long[8];
    private double[] doubles = new double[8];
    private boolean[] booleans = new boolean[8];
    private String[] strings = new String[8];

    ValueReader(JsonInput input, Dialect dialect, Warnings warnings) {
        this.input = input;
        this.dialect = dialect;
        typed = new TypedValueReader(input, warnings);
    }

    /** {@return the value that {@code token} begins, or null for a property that counts as absent} */
    @Nullable Object read(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Text.checked(input, input.text());
            case VALUE_NUMBER_INT -> input.integer();
            case VALUE_NUMBER_FLOAT -> input.decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> array();
            case START_OBJECT -> typed.read();
            case VALUE_NULL -> absent();
            default -> throw input.damaged("expected a value, found " + JsonInput.shown(token));
        };
    }

    /** Other tools may say null where a property is absent; our own writer does not. */
    private @Nullable Object absent() {
        if (dialect.isStrict(input, "a null")) {
            throw input.damaged("expected a value, found null");
        }
        return null;
    }

    private Object array() {
        var first = input.next();
        return switch (first) {
            // What Neo4j itself stores for an empty list whose type nobody has said.
            case END_ARRAY -> new String[0];
            case VALUE_STRING -> stringArray();
            case VALUE_TRUE, VALUE_FALSE -> booleanArray(first);
            case VALUE_NUMBER_INT -> longArray();
            case VALUE_NUMBER_FLOAT -> doubleArray(0, first);
            default ->
                throw input.damaged(
                        "expected a list of strings, booleans or numbers, found in it " + JsonInput.shown(first));
        };
    }

    private String[] stringArray() {
        int count = 0;
        var token = JsonToken.VALUE_STRING;
        do {
            input.expect(token, JsonToken.VALUE_STRING, "a string like the others of the list");
            if (count == strings.length) {
                strings = Arrays.copyOf(strings, 2 * count);
            }
            input.chargeObject();
            strings[count++] = Text.checked(input, input.text());
            token = input.next();
        } while (token != JsonToken.END_ARRAY);
        var result = Arrays.copyOf(strings, count);
        Arrays.fill(strings, 0, count, "");
        return result;
    }

    private boolean[] booleanArray(JsonToken first) {
        int count = 0;
        for (var token = first; token != JsonToken.END_ARRAY; token = input.next()) {
            if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                throw input.damaged("expected a boolean like the others of the list, found " + JsonInput.shown(token));
            }
            if (count == booleans.length) {
                booleans = Arrays.copyOf(booleans, 2 * count);
            }
            booleans[count++] = token == JsonToken.VALUE_TRUE;
        }
        return Arrays.copyOf(booleans, count);
    }

    private Object longArray() {
        int count = 0;
        var token = JsonToken.VALUE_NUMBER_INT;
        while (token == JsonToken.VALUE_NUMBER_INT) {
            if (count == longs.length) {
                longs = Arrays.copyOf(longs, 2 * count);
            }
            longs[count++] = input.integer();
            token = input.next();
        }
        if (token == JsonToken.END_ARRAY) {
            return Arrays.copyOf(longs, count);
        }
        input.expect(token, JsonToken.VALUE_NUMBER_FLOAT, "a number like the others of the list");
        refuseMixedNumbers();
        doubles = Arrays.copyOf(doubles, Math.max(doubles.length, count));
        for (int i = 0; i < count; i++) {
            doubles[i] = exactly(longs[i]);
        }
        return doubleArray(count, token);
    }

    private double[] doubleArray(int countBefore, JsonToken first) {
        int count = countBefore;
        for (var token = first; token != JsonToken.END_ARRAY; token = input.next()) {
            if (count == doubles.length) {
                doubles = Arrays.copyOf(doubles, 2 * count);
            }
            if (token == JsonToken.VALUE_NUMBER_INT) {
                refuseMixedNumbers();
                doubles[count++] = exactly(input.integer());
            } else {
                input.expect(token, JsonToken.VALUE_NUMBER_FLOAT, "a number like the others of the list");
                doubles[count++] = input.decimal();
            }
        }
        return Arrays.copyOf(doubles, count);
    }

    private void refuseMixedNumbers() {
        if (dialect.isStrict(input, "a list of whole numbers and decimals")) {
            throw input.damaged("a list holds whole numbers and decimals");
        }
    }

    private double exactly(long number) {
        double decimal = number;
        if ((long) decimal != number || decimal == 0x1p63) {
            throw input.damaged("a list holds decimals and " + number + ", which is no exact decimal of 64 bits");
        }
        return decimal;
    }
}
