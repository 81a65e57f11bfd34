package ign.backup.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PartitionedScan;
import org.neo4j.internal.kernel.api.PropertyCursor;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.internal.kernel.api.TokenSet;
import org.neo4j.kernel.api.ExecutionContext;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.token.api.NamedToken;
import org.neo4j.values.storable.BooleanValue;
import org.neo4j.values.storable.FloatingPointValue;
import org.neo4j.values.storable.IntegralValue;
import org.neo4j.values.storable.TemporalValue;
import org.neo4j.values.storable.TextValue;
import org.neo4j.values.storable.Value;

/**
 * What a machine can do at best: the graph of a stopped server read through kernel cursors in partitions, written as JSON by a
 * generator and packed by a zstd stream of level 1 for each thread, without a digest, a check, or a type that could be read back.
 *
 * <p>Says how long each round took, and in its last line {@code milliseconds bytes} of the quickest one.
 */
public final class RawExport {

    private static final int ROUNDS = 8;
    private static final int THREADS = 2;
    private static final int PARTITIONS = 64;
    private static final long PAGE_CACHE = 2L << 30;

    private final Path folder;
    private final KernelTransaction kernel;
    private final List<String> keys;
    private final List<String> labels;
    private final List<String> types;

    private RawExport(Path folder, KernelTransaction kernel) {
        this.folder = folder;
        this.kernel = kernel;
        var tokens = kernel.tokenRead();
        keys = names(tokens.propertyKeyGetAllTokens());
        labels = names(tokens.labelsGetAllTokens());
        types = names(tokens.relationshipTypesGetAllTokens());
    }

    /**
     * Exports the database {@code neo4j} several times.
     *
     * @param arguments the home of a server that is stopped, and an empty folder to write to
     */
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var folder = Path.of(arguments[1]);
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE)
                .setConfig(GraphDatabaseSettings.plugin_dir, folder)
                .build();
        try {
            var database = service.database("neo4j");
            long best = Long.MAX_VALUE;
            for (int round = 1; round <= ROUNDS; round++) {
                long began = System.nanoTime();
                export(database, folder);
                long milliseconds = (System.nanoTime() - began) / 1_000_000;
                best = Math.min(best, milliseconds);
                out.println("round " + round + ": " + milliseconds + " ms");
            }
            out.println(best + " " + size(folder));
        } finally {
            service.shutdown();
        }
    }

    private static void export(GraphDatabaseService database, Path folder)
            throws ExecutionException, InterruptedException {
        try (var transaction = database.beginTx()) {
            new RawExport(folder, ((InternalTransaction) transaction).kernelTransaction()).run();
        }
    }

    @SuppressWarnings("try") // execution contexts need an open statement, nobody calls it
    private void run() throws ExecutionException, InterruptedException {
        var threads = Executors.newFixedThreadPool(THREADS, work -> new Thread(work, "raw-export"));
        try (var openStatement = kernel.acquireStatement()) {
            var nodes = kernel.dataRead().allNodesScan(PARTITIONS, kernel.cursorContext());
            var relationships = kernel.dataRead().allRelationshipsScan(PARTITIONS, kernel.cursorContext());
            List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                var context = kernel.createExecutionContext();
                var file = file(folder, i);
                shares.add(threads.submit(() -> {
                    share(context, file, nodes, relationships);
                    return null;
                }));
            }
            for (var share : shares) {
                share.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void share(
            ExecutionContext context,
            Path file,
            PartitionedScan<NodeCursor> nodes,
            PartitionedScan<RelationshipScanCursor> relationships)
            throws IOException {
        try (var out = new ZstdOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), 1);
                var json = new JsonFactory().createGenerator(out);
                var node = context.cursors().allocateNodeCursor(context.cursorContext(), context.memoryTracker());
                var relationship = context.cursors()
                        .allocateRelationshipScanCursor(context.cursorContext(), context.memoryTracker());
                var property =
                        context.cursors().allocatePropertyCursor(context.cursorContext(), context.memoryTracker())) {
            while (nodes.reservePartition(node, context)) {
                while (node.next()) {
                    write(json, node, property);
                }
            }
            while (relationships.reservePartition(relationship, context)) {
                while (relationship.next()) {
                    write(json, relationship, property);
                }
            }
        } finally {
            context.complete();
            context.close();
        }
    }

    private void write(JsonGenerator json, NodeCursor node, PropertyCursor property) throws IOException {
        json.writeStartObject();
        node.properties(property);
        properties(json, property);
        json.writeArrayFieldStart("_labels");
        TokenSet tokens = node.labels();
        for (int i = 0; i < tokens.numberOfTokens(); i++) {
            json.writeString(labels.get(tokens.token(i)));
        }
        json.writeEndArray();
        json.writeNumberField("_id", node.nodeReference());
        end(json);
    }

    private void write(JsonGenerator json, RelationshipScanCursor relationship, PropertyCursor property)
            throws IOException {
        json.writeStartObject();
        relationship.properties(property);
        properties(json, property);
        json.writeStringField("_type", types.get(relationship.type()));
        json.writeNumberField("_id", relationship.relationshipReference());
        json.writeNumberField("_start_id", relationship.sourceNodeReference());
        json.writeNumberField("_end_id", relationship.targetNodeReference());
        end(json);
    }

    private void properties(JsonGenerator json, PropertyCursor property) throws IOException {
        while (property.next()) {
            json.writeFieldName(keys.get(property.propertyKey()));
            write(json, property.propertyValue());
        }
    }

    private static void write(JsonGenerator json, Value value) throws IOException {
        if (value instanceof TextValue text) {
            json.writeString(text.stringValue());
        } else if (value instanceof IntegralValue integer) {
            json.writeNumber(integer.longValue());
        } else if (value instanceof FloatingPointValue number) {
            json.writeNumber(number.doubleValue());
        } else if (value instanceof BooleanValue truth) {
            json.writeBoolean(truth.booleanValue());
        } else if (value instanceof TemporalValue<?, ?> time) {
            json.writeString(time.asObject().toString());
        } else {
            throw new IllegalArgumentException("the graphs of the benchmark have no " + value.getTypeName());
        }
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** {@return the names by id; an id that no longer has one has an empty one} */
    private static List<String> names(Iterator<NamedToken> tokens) {
        var names = new ArrayList<String>();
        tokens.forEachRemaining(token -> {
            while (names.size() <= token.id()) {
                names.add("");
            }
            names.set(token.id(), token.name());
        });
        return names;
    }

    private static Path file(Path folder, int thread) {
        return folder.resolve("raw-" + thread + ".json.zst");
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        for (int i = 0; i < THREADS; i++) {
            size += Files.size(file(folder, i));
        }
        return size;
    }
}
