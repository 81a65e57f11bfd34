package ign.backup.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a script can rely on in an answer: the names of an object, in order, and the kinds of their values. */
final class JsonShape {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonShape() {}

    /** {@return a line for the command and one for each name; of an array all objects together} */
    static String of(String command, String json) throws IOException {
        var fields = new LinkedHashMap<String, Set<String>>();
        try (var parser = FACTORY.createParser(json)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            if (isArray) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    read(parser, fields);
                }
            } else {
                read(parser, fields);
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return command + (isArray ? ": array of objects\n" : ": object\n") + lines(fields);
        }
    }

    private static void read(JsonParser parser, Map<String, Set<String>> fields) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var kind = kind(parser.nextToken());
            parser.skipChildren();
            fields.computeIfAbsent(name, missing -> new TreeSet<>()).add(kind);
        }
    }

    private static String kind(JsonToken value) {
        return switch (value) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case VALUE_NULL -> "null";
            default -> value.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String lines(Map<String, Set<String>> fields) {
        var lines = new StringBuilder();
        fields.forEach((name, kinds) -> lines.append("  ")
                .append(name)
                .append(": ")
                .append(String.join(" or ", kinds))
                .append('\n'));
        return lines.toString();
    }
}
