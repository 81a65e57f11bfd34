package ign.backup.probe;

import java.util.stream.Stream;
import org.neo4j.graphdb.Transaction;
import org.neo4j.procedure.Context;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Procedure;

/** What tests ask about the graph they are connected to. */
public final class ProbeProcedures {

    /** The transaction of the caller. */
    @Context
    public Transaction tx;

    /** One row: the graph. */
    public record DigestRow(long nodes, long relationships, String digest, String schema) {}

    /** Hashes the whole graph. */
    @Procedure(name = "probe.digest", mode = Mode.READ)
    @Description("A digest of the graph that does not depend on ids, and its schema as text.")
    public Stream<DigestRow> digest() {
        var graph = GraphHash.of(tx);
        return Stream.of(
                new DigestRow(graph.nodes(), graph.relationships(), graph.digest(), SchemaText.of(tx.schema())));
    }
}
