package ign.backup.graph;

import ign.backup.graph.kernel.ElementCopy;
import ign.backup.graph.kernel.StoredValues;
import ign.backup.model.BackupException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.collections.api.map.primitive.IntObjectMap;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.neo4j.exceptions.KernelException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.internal.kernel.api.TokenWrite;
import org.neo4j.internal.kernel.api.Write;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.values.storable.Value;

/** Writes batches of elements through the kernel, each in one transaction. For one thread. */
final class BatchWriter {

    private final GraphDatabaseService database;
    private final NodeIdMap ids;
    private final Map<String, Integer> labels = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();

    BatchWriter(GraphDatabaseService database, NodeIdMap ids) {
        this.database = database;
        this.ids = ids;
    }

    void write(List<ElementCopy> rows) {
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            var kernel = ((InternalTransaction) transaction).kernelTransaction();
            for (var row : rows) {
                if (row instanceof ElementCopy.OfNode node) {
                    write(node, kernel);
                } else if (row instanceof ElementCopy.OfRelationship relationship) {
                    write(relationship, kernel);
                }
            }
            transaction.commit();
        } catch (KernelException e) {
            throw new BackupException.Unavailable(
                    "Neo4j refused to store an element: " + e.getMessage(),
                    "Look into Neo4j's debug.log for the cause.",
                    e);
        }
    }

    private void write(ElementCopy.OfNode row, KernelTransaction kernel) throws KernelException {
        Write write = kernel.dataWrite();
        long id = write.nodeCreateWithLabels(labelIds(row.labels, kernel.tokenWrite()));
        if (row.keys.length > 0) {
            write.nodeApplyChanges(
                    id, IntSets.immutable.empty(), IntSets.immutable.empty(), properties(row, kernel.tokenWrite()));
        }
        ids.put(row.id, id);
    }

    private void write(ElementCopy.OfRelationship row, KernelTransaction kernel) throws KernelException {
        Write write = kernel.dataWrite();
        int type = tokenOf(row.type, types, kernel.tokenWrite()::relationshipTypeGetOrCreateForName);
        long id = write.relationshipCreate(ids.get(row.startId), type, ids.get(row.endId));
        if (row.keys.length > 0) {
            write.relationshipApplyChanges(id, properties(row, kernel.tokenWrite()));
        }
    }

    private int[] labelIds(String[] names, TokenWrite tokens) throws KernelException {
        var found = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            found[i] = tokenOf(names[i], labels, tokens::labelGetOrCreateForName);
        }
        return Arrays.stream(found).sorted().distinct().toArray(); // the kernel asks for sorted ids
    }

    private IntObjectMap<Value> properties(ElementCopy row, TokenWrite tokens) throws KernelException {
        var properties = new IntObjectHashMap<Value>(row.keys.length * 2);
        for (int i = 0; i < row.keys.length; i++) {
            int key = tokenOf(row.keys[i], keys, tokens::propertyKeyGetOrCreateForName);
            properties.put(key, StoredValues.toStored(row.values[i]));
        }
        return properties;
    }

    /** Creates a token in the database, in a transaction of its own. */
    @FunctionalInterface
    private interface TokenCreation {
        int of(String name) throws KernelException;
    }

    private static int tokenOf(String name, Map<String, Integer> known, TokenCreation creation) throws KernelException {
        var token = known.get(name);
        if (token == null) {
            token = creation.of(name);
            known.put(name, token);
        }
        return token;
    }
}
