package ign.backup.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told as names and values, by the names of the events {@code backup_operation} and {@code alert}, and as JSON. */
final class OperationFields {

    static final String EVENT = "backup_operation";
    static final String ALERT = "alert";
    static final String SCORE = "backup_success";

    private static final double BYTES_OF_A_MEGABYTE = 1024.0 * 1024.0;
    private static final JsonFactory JSON = new JsonFactory();

    private OperationFields() {}

    /** {@return 1 or 0, as the score} */
    static int score(OperationRecord operation) {
        return operation.succeeded() ? 1 : 0;
    }

    /** {@return all that is known; what is not is left out} */
    static Map<String, Object> all(OperationRecord operation) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", EVENT);
        fields.put("operation", operation.operation());
        fields.put("kind", Kind.of(operation).label());
        if (operation.operation().equals("create")) {
            fields.put(SCORE, score(operation));
        }
        fields.put("code", operation.code().label());
        fields.put("message", operation.message());
        fields.putAll(figures(operation));
        var subject = operation.subject();
        subject.tier().ifPresent(tier -> fields.put("tier", tier.label()));
        subject.file().ifPresent(file -> fields.put("file", file.value()));
        subject.reason().ifPresent(reason -> fields.put("reason", reason));
        subject.traceId().ifPresent(trace -> fields.put("traceId", trace));
        fields.put("user", operation.user());
        fields.put("database", operation.database().value());
        fields.put("alerts", subject.alerts());
        fields.put("started", operation.started().toString());
        fields.put("time", operation.ended().toString());
        return fields;
    }

    /** {@return all that an alert says; what is not known is left out} */
    static Map<String, Object> all(HealthAlert alert) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", ALERT);
        fields.put("kind", Kind.ALERT.label());
        fields.put("check", alert.check());
        fields.put("status", alert.status());
        fields.put("before", alert.before());
        fields.put("message", alert.message());
        alert.hint().ifPresent(hint -> fields.put("hint", hint));
        fields.put("database", alert.database().value());
        fields.put("time", alert.time().toString());
        return fields;
    }

    /** {@return how much, and how long} */
    static Map<String, Object> figures(OperationRecord operation) {
        var fields = new LinkedHashMap<String, Object>();
        var content = operation.subject().content();
        content.episodes().ifPresent(count -> fields.put("episode_count", count));
        content.nodes().ifPresent(count -> fields.put("node_count", count));
        content.relationships().ifPresent(count -> fields.put("relationship_count", count));
        content.bytes().ifPresent(size -> {
            fields.put("backup_size_mb", size / BYTES_OF_A_MEGABYTE);
            fields.put("backup_size_bytes", size);
        });
        operation.subject().unavailable().ifPresent(time -> fields.put("unavailable_seconds", time.toNanos() / 1e9));
        fields.put("duration_seconds", operation.duration().toNanos() / 1e9);
        return fields;
    }

    /** {@return a JSON object; values are texts, numbers, truths, lists and maps} */
    static byte[] json(Map<String, ?> fields) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            write(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (var field : fields.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> values) {
            json.writeStartArray();
            for (var each : values) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
