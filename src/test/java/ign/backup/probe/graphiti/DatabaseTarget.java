package ign.backup.probe.graphiti;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;

/** Writes a graph into a database, a transaction for each batch; keeps the ids of all that it wrote. */
final class DatabaseTarget implements GraphTarget, AutoCloseable {

    private final GraphDatabaseService database;
    private final List<String> nodes = new ArrayList<>();
    private final List<String> relationships = new ArrayList<>();
    private Transaction transaction;

    DatabaseTarget(GraphDatabaseService database) {
        this.database = database;
        this.transaction = database.beginTx();
    }

    long nodes() {
        return nodes.size();
    }

    long relationships() {
        return relationships.size();
    }

    @Override
    public void node(Map<String, Object> properties, String... labels) {
        var node = transaction.createNode();
        for (var label : labels) {
            node.addLabel(Label.label(label));
        }
        properties.forEach(node::setProperty);
        nodes.add(node.getElementId());
    }

    @Override
    public void relationship(int start, String type, int end, Map<String, Object> properties) {
        var relationship = transaction
                .getNodeByElementId(nodes.get(start))
                .createRelationshipTo(transaction.getNodeByElementId(nodes.get(end)), RelationshipType.withName(type));
        properties.forEach(relationship::setProperty);
        relationships.add(relationship.getElementId());
    }

    @Override
    public void setOnNode(int node, String key, Object value) {
        transaction.getNodeByElementId(nodes.get(node)).setProperty(key, value);
    }

    @Override
    public void setOnRelationship(int relationship, String key, Object value) {
        transaction.getRelationshipByElementId(relationships.get(relationship)).setProperty(key, value);
    }

    @Override
    public void batchEnds() {
        transaction.commit();
        transaction.close();
        transaction = database.beginTx();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
