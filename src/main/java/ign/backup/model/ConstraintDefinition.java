package ign.backup.model;

import java.util.List;
import java.util.Optional;

/**
 * One constraint as {@code SHOW CONSTRAINTS} describes it.
 *
 * @param type for example {@code UNIQUENESS}, {@code RELATIONSHIP_UNIQUENESS}, {@code NODE_KEY}
 * @param entityType {@code NODE} or {@code RELATIONSHIP}
 * @param labelsOrTypes one name
 * @param properties in the order of the constraint
 * @param propertyType the type that a property type constraint asks for
 * @param createStatement as Neo4j prints it; for people, never executed
 */
public record ConstraintDefinition(
        String name,
        String type,
        String entityType,
        List<String> labelsOrTypes,
        List<String> properties,
        Optional<String> propertyType,
        String createStatement) {

    public ConstraintDefinition {
        labelsOrTypes = List.copyOf(labelsOrTypes);
        properties = List.copyOf(properties);
    }
}
