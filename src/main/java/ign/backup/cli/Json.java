package ign.backup.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers for scripts: columns are keys, times are texts of ISO 8601, and what a column does not say is null. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** {@return one row as an object} */
    static String of(Answer.Row row, List<String> columns) {
        return written(json -> writeRow(json, row, columns));
    }

    /** {@return all rows as an array of objects} */
    static String of(Answer answer) {
        return written(json -> {
            json.writeStartArray();
            for (var row : answer.rows()) {
                writeRow(json, row, answer.columns());
            }
            json.writeEndArray();
        });
    }

    private static String written(Writing writing) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeRow(JsonGenerator json, Answer.Row row, List<String> columns) throws IOException {
        json.writeStartObject();
        for (var column : columns) {
            json.writeFieldName(column);
            write(json, row.value(column));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof ZonedDateTime time) {
            json.writeString(time.toOffsetDateTime().toString()); // without the name of the zone, which few read
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (var item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            var sorted = new TreeMap<String, @Nullable Object>();
            map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
            for (var entry : sorted.entrySet()) {
                json.writeFieldName(entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
