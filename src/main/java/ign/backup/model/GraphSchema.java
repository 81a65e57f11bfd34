package ign.backup.model;

import java.util.List;

/**
 * All indexes and constraints of a graph.
 *
 * <p>The lookup indexes stand among the indexes like any other; one that is not here was dropped by the user.
 */
public record GraphSchema(List<IndexDefinition> indexes, List<ConstraintDefinition> constraints) {

    public static final GraphSchema EMPTY = new GraphSchema(List.of(), List.of());

    public GraphSchema {
        indexes = List.copyOf(indexes);
        constraints = List.copyOf(constraints);
    }
}
