package ign.backup.probe.graphiti;

import java.util.Map;

/** Where a generated graph goes. Nodes and relationships are known by their numbers, each counted from 0 as they come. */
public interface GraphTarget {

    /** Takes the next node. */
    void node(Map<String, Object> properties, String... labels);

    /** Takes the next relationship; both nodes were taken before. */
    void relationship(int start, String type, int end, Map<String, Object> properties);

    /** Sets a property of a node that was taken before. */
    void setOnNode(int node, String key, Object value);

    /** Sets a property of a relationship that was taken before. */
    void setOnRelationship(int relationship, String key, Object value);

    /** Says that what came since the last call can be committed as one transaction. */
    void batchEnds();
}
