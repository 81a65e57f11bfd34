package ign.backup.probe;

import java.util.stream.Stream;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.event.GlobalTransactionEventListeners;
import org.neo4j.procedure.Context;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Procedure;

/** What tests ask about the graph they are connected to. */
public final class ProbeProcedures {

    /** The transaction of the caller. */
    @Context
    public Transaction tx;

    /** The database of the caller. */
    @Context
    public GraphDatabaseService service;

    /** One row: the graph. */
    public record DigestRow(long nodes, long relationships, String digest, String schema) {}

    /** One row per name. */
    public record NameRow(String name) {}

    /** Lists the listeners. */
    @Procedure(name = "probe.listeners", mode = Mode.READ)
    @Description("The classes of the listeners that are told of every transaction of this database.")
    public Stream<NameRow> listeners() {
        var listeners = ((GraphDatabaseAPI) service)
                .getDependencyResolver()
                .resolveDependency(GlobalTransactionEventListeners.class);
        return listeners.getDatabaseTransactionEventListeners(service.databaseName()).stream()
                .map(listener -> new NameRow(listener.getClass().getName()));
    }

    /** Lists the threads. */
    @Procedure(name = "probe.threads", mode = Mode.READ)
    @Description("The names of the threads that run in this server.")
    public Stream<NameRow> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(thread -> new NameRow(thread.getName()));
    }

    /** Hashes the whole graph. */
    @Procedure(name = "probe.digest", mode = Mode.READ)
    @Description("A digest of the graph that does not depend on ids, and its schema as text.")
    public Stream<DigestRow> digest() {
        var graph = GraphHash.of(tx);
        return Stream.of(
                new DigestRow(graph.nodes(), graph.relationships(), graph.digest(), SchemaText.of(tx.schema())));
    }
}
