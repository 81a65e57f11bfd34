package ign.backup.probe.graphiti;

import java.util.stream.Stream;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.procedure.Context;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** Makes large graphs where they are stored: embeddings would take long through Bolt. */
public final class GraphitiProcedures {

    /** The database of the caller. */
    @Context
    public GraphDatabaseService database;

    /** One row: what was created. */
    public record FilledRow(long nodes, long relationships) {}

    /** Creates the data, not the schema. */
    @Procedure(name = "probe.graphiti.fill", mode = Mode.WRITE)
    @Description("Creates the graph that Graphiti makes of so many episodes, in transactions of its own.")
    public Stream<FilledRow> fill(
            @Name("episodes") long episodes, @Name("dimensions") long dimensions, @Name("seed") long seed) {
        try (var target = new DatabaseTarget(database)) {
            GraphitiGraph.write(Math.toIntExact(episodes), Math.toIntExact(dimensions), seed, target);
            return Stream.of(new FilledRow(target.nodes(), target.relationships()));
        }
    }
}
