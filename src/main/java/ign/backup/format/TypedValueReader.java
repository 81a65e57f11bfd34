package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import ign.backup.model.BackupException;
import ign.backup.model.GraphPoint;
import ign.backup.model.ValueType;
import java.lang.reflect.Array;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that are written as an object with the name of their type. */
final class TypedValueReader {

    private final JsonInput input;
    private final Warnings warnings;

    TypedValueReader(JsonInput input, Warnings warnings) {
        this.input = input;
        this.warnings = warnings;
    }

    /** What stands under {@code _value}: one item, or a list of them. */
    private record Payload(boolean isList, List<Item> items) {

        Item single() {
            return items.get(0);
        }
    }

    /** One JSON value with its text; numbers keep theirs, since a number of 32 bits must not pass through 64. */
    private record Item(JsonToken token, String text) {}

    /** {@return the value whose object has just begun} */
    Object read() {
        String type = null;
        String encoding = null;
        Payload payload = null;
        for (var name = input.nextField(); name != null; name = input.nextField()) {
            boolean fresh;
            switch (name) {
                case TypeName.TYPE -> {
                    fresh = type == null;
                    type = nextString();
                }
                case TypeName.ENCODING -> {
                    fresh = encoding == null;
                    encoding = nextString();
                }
                case TypeName.VALUE -> {
                    fresh = payload == null;
                    payload = nextPayload();
                }
                default -> throw map("field '" + JsonInput.shortened(name) + "'");
            }
            if (!fresh) {
                throw input.damaged("field '" + name + "' stands twice in a typed value");
            }
        }
        if (type == null || payload == null) {
            throw map("no '" + (type == null ? TypeName.TYPE : TypeName.VALUE) + "'");
        }
        return value(type, encoding, payload);
    }

    private Object value(String word, @Nullable String encoding, Payload payload) {
        boolean isArray = word.endsWith(TypeName.ARRAY);
        var type = TypeName.of(isArray ? word.substring(0, word.length() - TypeName.ARRAY.length()) : word)
                .orElseThrow(() -> unknown(word));
        if (encoding != null) {
            return encoded(type, encoding, isArray, payload);
        }
        if (isArray != payload.isList) {
            throw input.damaged("a value of type '" + word + "' " + (isArray ? "must be" : "cannot be") + " a list");
        }
        return isArray ? array(type, payload.items) : scalar(type, payload.single());
    }

    private Object encoded(TypeName type, String encoding, boolean isArray, Payload payload) {
        if (!encoding.equals(TypeName.BASE64)
                || !isArray
                || payload.isList
                || payload.single().token != JsonToken.VALUE_STRING
                || !BinaryArrays.isNumeric(type.type())) {
            throw input.damaged("encoding '" + JsonInput.shortened(encoding)
                    + "' is only known as 'base64', for one string with an array of numbers");
        }
        try {
            return BinaryArrays.decode(type.type(), payload.single().text);
        } catch (IllegalArgumentException e) {
            throw input.damaged("an array of numbers is not the Base64 of whole numbers: " + e.getMessage(), e);
        }
    }

    private Object array(TypeName type, List<Item> items) {
        var array = Array.newInstance(type.type().arrayClass().getComponentType(), items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, scalar(type, items.get(i)));
        }
        if (array instanceof GraphPoint[] points) {
            checkStorable(points);
        }
        return array;
    }

    /** Neo4j lets a transaction set such an array, and then fails to commit it. */
    private void checkStorable(GraphPoint[] points) {
        if (points.length == 0) {
            throw input.damaged("an empty array of points cannot be stored");
        }
        for (var point : points) {
            if (point.srid() != points[0].srid()) {
                throw input.damaged("an array of points mixes the SRIDs " + points[0].srid() + " and " + point.srid());
            }
        }
    }

    private Object scalar(TypeName type, Item item) {
        try {
            return switch (type) {
                case BOOLEAN -> truth(item);
                case BYTE -> Byte.parseByte(number(item));
                case SHORT -> Short.parseShort(number(item));
                case INT -> Integer.parseInt(number(item));
                case LONG -> Long.parseLong(number(item));
                case FLOAT -> singlePrecision(number(item));
                case DOUBLE -> doublePrecision(number(item));
                case CHAR -> character(item);
                case STRING -> Text.checked(input, string(item));
                case ZONED_DATE_TIME, OFFSET_DATE_TIME -> dateTime(type, string(item));
                default -> ValueText.parse(type, string(item));
            };
        } catch (ZoneRulesException e) {
            throw input.refused(
                    "the time zone of '" + JsonInput.shortened(item.text) + "' is not known to this Java ("
                            + e.getMessage() + ")",
                    "Update the Java of the server, or at least its time zone data, and try again.");
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw input.damaged(
                    "'" + JsonInput.shortened(item.text) + "' is no " + type.word() + ": " + e.getMessage(), e);
        }
    }

    private Object dateTime(TypeName type, String text) {
        var value = (ZonedDateTime) ValueText.parse(type, text);
        if (ValueText.isMoved(value, text)) {
            warnings.add(input.place() + ": '" + text + "' is '" + value
                    + "' by the time zone data of this Java; the instant is kept");
        }
        return value;
    }

    private Object truth(Item item) {
        if (item.token != JsonToken.VALUE_TRUE && item.token != JsonToken.VALUE_FALSE) {
            throw new IllegalArgumentException("expected true or false");
        }
        return item.token == JsonToken.VALUE_TRUE;
    }

    /** {@return the text of a number, which tools that fear for its digits write as a string} */
    private static String number(Item item) {
        if (item.token == JsonToken.VALUE_TRUE || item.token == JsonToken.VALUE_FALSE) {
            throw new IllegalArgumentException("expected a number");
        }
        return item.text;
    }

    private static String string(Item item) {
        if (item.token != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("expected a string");
        }
        return item.text;
    }

    private static float singlePrecision(String text) {
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value) && !text.endsWith("Infinity")) {
            throw new IllegalArgumentException("outside the range of 32 bits");
        }
        return value;
    }

    private static double doublePrecision(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value) && !text.endsWith("Infinity")) {
            throw new IllegalArgumentException("outside the range of 64 bits");
        }
        return value;
    }

    /** {@return the character, which is a number where it is half of a surrogate pair: no JSON string can hold one} */
    private static char character(Item item) {
        if (item.token == JsonToken.VALUE_NUMBER_INT) {
            int code = Integer.parseInt(item.text);
            if (code < 0 || code > Character.MAX_VALUE) {
                throw new IllegalArgumentException("expected 0 to 65535");
            }
            return (char) code;
        }
        var text = string(item);
        if (text.length() != 1) {
            throw new IllegalArgumentException("expected one character");
        }
        return text.charAt(0);
    }

    private String nextString() {
        input.expectNext(JsonToken.VALUE_STRING, "a string");
        return input.text();
    }

    private Payload nextPayload() {
        var token = input.next();
        if (token != JsonToken.START_ARRAY) {
            return new Payload(false, List.of(item(token)));
        }
        var items = new ArrayList<Item>();
        for (token = input.next(); token != JsonToken.END_ARRAY; token = input.next()) {
            items.add(item(token));
        }
        return new Payload(true, items);
    }

    private Item item(JsonToken token) {
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw input.damaged(
                    "expected a string, a boolean or a number in a typed value, found " + JsonInput.shown(token));
        }
        input.chargeObject();
        return new Item(token, input.text());
    }

    private BackupException map(String found) {
        return input.damaged("expected an object with '" + TypeName.TYPE + "' and '" + TypeName.VALUE + "', found "
                + found + "; a map cannot be stored in a property");
    }

    private BackupException unknown(String word) {
        if (word.startsWith("UUID") || word.contains("Vector") || word.startsWith("VECTOR")) {
            return input.refused(
                    "a value of type '" + JsonInput.shortened(word) + "' cannot be stored by Neo4j Community",
                    "Change the property in the source database to a list of numbers or a string, and back up again.");
        }
        return input.damaged("type '" + JsonInput.shortened(word) + "' of a value is not known, expected one of "
                + List.of(ValueType.values()).stream()
                        .map(TypeName::of)
                        .map(TypeName::word)
                        .toList());
    }
}
