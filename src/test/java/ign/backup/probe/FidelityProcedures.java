package ign.backup.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.schema.IndexType;
import org.neo4j.procedure.Context;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** Makes a graph that holds everything that can be lost, and tells what a graph holds. */
public final class FidelityProcedures {

    private static final int LONGEST = 160;

    /** The transaction of the caller. */
    @Context
    public Transaction tx;

    /** One property of an element, or, with an empty key, the element itself. */
    public record DumpRow(String element, String key, String type, String value) {}

    /** Creates the data. */
    @Procedure(name = "probe.fidelity.fill", mode = Mode.WRITE)
    @Description("Creates every value, structure and name that Community can store.")
    public void fill(@Name(value = "hubDegree", defaultValue = "1000") long hubDegree) {
        new EveryValue(tx).create();
        new EveryStructure(tx).create((int) hubDegree);
    }

    /** Creates the schema. */
    @Procedure(name = "probe.fidelity.schema", mode = Mode.SCHEMA)
    @Description("Creates an index or constraint of every kind that Community can create.")
    public void schema() {
        EverySchema.STATEMENTS.forEach(statement -> tx.execute(statement).close());
    }

    /** Drops one of the two lookup indexes. */
    @Procedure(name = "probe.fidelity.dropLookup", mode = Mode.SCHEMA)
    @Description("Drops the lookup index of labels.")
    public void dropLookup() {
        for (var index : tx.schema().getIndexes()) {
            if (index.getIndexType() == IndexType.LOOKUP && index.isNodeIndex()) {
                index.drop();
            }
        }
    }

    /** Creates an index over values that are too large for it; the data must be there. */
    @Procedure(name = "probe.fidelity.failedIndex", mode = Mode.SCHEMA)
    @Description("Creates an index that will be in state FAILED.")
    public void failedIndex() {
        tx.execute("CREATE RANGE INDEX failed_by_size FOR (n:Fidelity) ON (n.value)")
                .close();
    }

    /** Lists all properties of all elements. */
    @Procedure(name = "probe.fidelity.dump", mode = Mode.READ)
    @Description("One row for each element and for each of its properties, to compare two graphs line by line.")
    public Stream<DumpRow> dump() {
        var rows = new ArrayList<DumpRow>();
        try (var nodes = tx.getAllNodes();
                var relationships = tx.getAllRelationships()) {
            nodes.forEach(node -> add(rows, key(node), node));
            relationships.forEach(relationship -> add(rows, key(relationship), relationship));
        }
        return rows.stream();
    }

    private static void add(List<DumpRow> rows, String element, Entity entity) {
        rows.add(new DumpRow(element, "", "", ""));
        entity.getAllProperties()
                .forEach((key, value) -> rows.add(
                        new DumpRow(element, brief(key), ExactValue.type(value), brief(ExactValue.text(value)))));
    }

    private static String key(Relationship relationship) {
        return "[" + brief(relationship.getType().name()) + " " + row(relationship) + "] from "
                + key(relationship.getStartNode()) + " to " + key(relationship.getEndNode());
    }

    private static String key(Node node) {
        var labels = new TreeSet<String>();
        node.getLabels().forEach(label -> labels.add(brief(label.name())));
        return "(" + labels + " " + row(node) + ")";
    }

    /** An element that names the row of the table it was made for is known by it; the others by what they hold. */
    private static String row(Entity entity) {
        return entity.getProperty("row", null) instanceof String row ? row : "#" + GraphHash.shortHash(entity);
    }

    private static String brief(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "… " + text.length() + " characters, hash " + text.hashCode();
    }
}
