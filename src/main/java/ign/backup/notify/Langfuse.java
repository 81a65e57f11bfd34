package ign.backup.notify;

import ign.backup.model.BackupException;
import ign.backup.model.OperationRecord;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A project in Langfuse that gets each backup as a trace {@code backup_operation} with the score {@code backup_success}.
 *
 * <p>The trace goes to Langfuse's OpenTelemetry address, since its older ingestion address takes no traces any more from version 4 on; servers
 * from 3.22 on have it.
 */
public final class Langfuse implements Sink {

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final int SPAN_ID_BYTES = 8;
    private static final int TRACE_ID_BYTES = 16;

    private final URI server;
    private final String publicKey;
    private final Secret secretKey;

    /** The project of these keys at {@code server}, as {@code https://cloud.langfuse.com}. */
    public Langfuse(URI server, String publicKey, Secret secretKey) {
        this.server = server;
        this.publicKey = publicKey;
        this.secretKey = secretKey;
    }

    @Override
    public String name() {
        return "Langfuse at '" + server.getHost() + "'";
    }

    @Override
    public List<HttpRequest> requests(OperationRecord operation) {
        if (!operation.operation().equals("create")) {
            return List.of();
        }
        var trace = traceId(operation);
        return List.of(
                post("/api/public/otel/v1/traces", spans(operation, trace)),
                post("/api/public/scores", score(operation, trace)));
    }

    private HttpRequest post(String path, Map<String, ?> body) {
        var credentials = (publicKey + ":" + new String(secretKey.bytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Content-Type", "application/json")
                .header("User-Agent", "ign-backup")
                .header("x-langfuse-ingestion-version", "4")
                .POST(BodyPublishers.ofByteArray(OperationFields.json(body)))
                .build();
    }

    /** The caller's own id if it is one, else what Langfuse's libraries make of it as a seed; so a caller can find the trace. */
    private static String traceId(OperationRecord operation) {
        var own = operation.subject().traceId();
        if (own.filter(id -> TRACE_ID.matcher(id).matches()).isPresent()) {
            return own.get();
        }
        return hash(own.orElseGet(() -> operation.database() + " " + operation.started()), TRACE_ID_BYTES);
    }

    private static String hash(String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new BackupException.Defect("every Java has SHA-256", e);
        }
    }

    private static Map<String, ?> spans(OperationRecord operation, String trace) {
        var span = Map.of(
                "traceId",
                trace,
                "spanId",
                hash(trace + " " + operation.started(), SPAN_ID_BYTES),
                "name",
                OperationFields.EVENT,
                "kind",
                1,
                "startTimeUnixNano",
                nanos(operation.started()),
                "endTimeUnixNano",
                nanos(operation.ended()),
                "attributes",
                attributes(operation),
                "status",
                operation.succeeded() ? Map.of("code", 1) : Map.of("code", 2, "message", operation.message()));
        return Map.of(
                "resourceSpans",
                List.of(Map.of(
                        "resource", Map.of("attributes", List.of(attribute("service.name", "ign-backup"))),
                        "scopeSpans", List.of(Map.of("scope", Map.of("name", "ign.backup"), "spans", List.of(span))))));
    }

    private static String nanos(Instant instant) {
        return instant.getEpochSecond() + String.format(Locale.ROOT, "%09d", instant.getNano());
    }

    private static List<Map<String, ?>> attributes(OperationRecord operation) {
        var attributes = new ArrayList<Map<String, ?>>();
        attributes.add(attribute("user.id", operation.user()));
        attributes.add(attribute("langfuse.observation.type", "span"));
        attributes.add(attribute("langfuse.observation.output", operation.message()));
        if (operation.subject().traceId().isEmpty()) { // the name of a caller's own trace is the caller's
            attributes.add(attribute("langfuse.trace.name", OperationFields.EVENT));
        }
        OperationFields.all(operation).forEach((name, value) -> {
            if (!(value instanceof List<?>)) {
                attributes.add(attribute("langfuse.observation.metadata." + name, value));
                attributes.add(attribute("langfuse.trace.metadata." + name, value));
            }
        });
        return attributes;
    }

    private static Map<String, ?> attribute(String name, Object value) {
        return Map.of(
                "key", name, "value", Map.of(kindOf(value), value instanceof Long ? String.valueOf(value) : value));
    }

    private static String kindOf(Object value) {
        if (value instanceof Double) {
            return "doubleValue";
        }
        return value instanceof Number ? "intValue" : "stringValue";
    }

    private static Map<String, ?> score(OperationRecord operation, String trace) {
        return Map.of(
                "id",
                trace + "-" + hash(operation.started().toString(), SPAN_ID_BYTES),
                "traceId",
                trace,
                "name",
                OperationFields.SCORE,
                "value",
                OperationFields.score(operation),
                "dataType",
                "NUMERIC",
                "comment",
                operation.message(),
                "metadata",
                OperationFields.figures(operation));
    }
}
