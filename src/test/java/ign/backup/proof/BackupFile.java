package ign.backup.proof;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A backup file as anybody would read it who has {@code docs/format.md} and a JSON library: nothing of the plugin is used.
 *
 * @param header the object {@code metadata}
 * @param schema the object {@code schema}
 */
record BackupFile(Map<String, Object> header, Map<String, Object> schema, GraphImage graph) {

    private static final int LONGEST_STRING = 1 << 28;
    private static final ObjectMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    /** {@return the content of a file; an element that is there twice or ends nowhere, or a wrong count, is an error} */
    static BackupFile read(Path file) {
        try (var bytes = unpacked(file);
                var parser = JSON.createParser(bytes)) {
            return new Document(parser).read(file.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        var name = file.getFileName().toString();
        if (name.endsWith(".zst")) {
            return new ZstdInputStream(bytes).setContinuous(true);
        }
        return name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    /** Elements are taken one by one as they come; ends are looked up when all nodes are there. */
    private static final class Document {

        private final JsonParser parser;
        private final GraphImage graph = new GraphImage();
        private final Map<Long, String> keys = new HashMap<>();
        private Map<String, Object> header = Map.of();
        private Map<String, Object> schema = Map.of();

        Document(JsonParser parser) {
            this.parser = parser;
        }

        BackupFile read(String name) throws IOException {
            List<Map<String, Object>> relationships = new ArrayList<>();
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                switch (parser.currentName()) {
                    case "metadata" -> header = object();
                    case "schema" -> schema = object();
                    case "statistics" -> object();
                    case "nodes" -> elements(this::node);
                    case "relationships" -> elements(relationships::add);
                    case "data" -> parser.nextToken();
                    default -> throw new AssertionError(name + ": unknown field '" + parser.currentName() + "'");
                }
            }
            relationships.forEach(this::relationship);
            expectCount(name, "node_count", graph.nodes().size());
            expectCount(name, "relationship_count", graph.relationships().size());
            return new BackupFile(header, schema, graph);
        }

        private void expectCount(String name, String field, long count) {
            if (!Long.valueOf(count).equals(header.get(field))) {
                throw new AssertionError(name + ": " + field + " is " + header.get(field) + ", but there are " + count);
            }
        }

        private interface Element {
            void take(Map<String, Object> fields);
        }

        private void elements(Element sink) throws IOException {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                sink.take(fields());
            }
        }

        private Map<String, Object> object() throws IOException {
            parser.nextToken();
            return fields();
        }

        private Map<String, Object> fields() throws IOException {
            return JSON.readValue(parser, new TypeReference<HashMap<String, Object>>() {});
        }

        private void node(Map<String, Object> fields) {
            var id = (Long) requireNonNull(fields.remove("_id"));
            var labels = (List<?>) requireNonNull(fields.remove("_labels"));
            keys.put(id, graph.addNode(labels, plain(fields)));
        }

        private void relationship(Map<String, Object> fields) {
            fields.remove("_id");
            var type = (String) requireNonNull(fields.remove("_type"));
            var start = end(fields, "_start_id");
            var end = end(fields, "_end_id");
            graph.addRelationship(type, start, end, plain(fields));
        }

        private String end(Map<String, Object> fields, String field) {
            var id = (Long) requireNonNull(fields.remove(field));
            var key = keys.get(id);
            if (key == null) {
                throw new AssertionError("relationship " + fields + " has no node at " + field + " " + id);
            }
            return key;
        }

        private static Map<String, Object> plain(Map<String, Object> fields) {
            fields.replaceAll((name, value) -> value instanceof Map<?, ?> typed ? plainValue(typed) : value);
            return fields;
        }

        /** Long lists of integers and floats are packed; other values with a type are left as they are. */
        private static Object plainValue(Map<?, ?> typed) {
            if (!"base64".equals(typed.get("_encoding"))) {
                return typed;
            }
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode((String) requireNonNull(typed.get("_value"))))
                    .order(ByteOrder.LITTLE_ENDIAN);
            List<Object> items = new ArrayList<>();
            while (bytes.hasRemaining()) {
                switch (String.valueOf(typed.get("$type"))) {
                    case "Integer[]" -> items.add(bytes.getLong());
                    case "Float[]" -> items.add(bytes.getDouble());
                    default -> throw new AssertionError("unexpected " + typed.get("$type"));
                }
            }
            return items;
        }
    }
}
