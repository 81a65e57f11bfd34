package ign.backup.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One index as {@code SHOW INDEXES} describes it.
 *
 * @param type {@code LOOKUP RANGE TEXT POINT FULLTEXT VECTOR}
 * @param entityType {@code NODE} or {@code RELATIONSHIP}
 * @param labelsOrTypes in the order of the index; empty for a lookup index
 * @param properties in the order of the index; empty for a lookup index
 * @param config index settings by their name ({@code vector.dimensions}): {@code String}, {@code Boolean}, {@code Long},
 *     {@code Double} or {@code List<Double>}
 * @param provider recorded for people; a restore lets the target choose
 * @param owningConstraint the constraint that owns this index and brings it back
 * @param createStatement as Neo4j prints it; for people, never executed
 */
public record IndexDefinition(
        String name,
        String type,
        String entityType,
        List<String> labelsOrTypes,
        List<String> properties,
        Map<String, Object> config,
        String provider,
        Optional<String> owningConstraint,
        String createStatement) {

    public IndexDefinition {
        labelsOrTypes = List.copyOf(labelsOrTypes);
        properties = List.copyOf(properties);
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }

    /** {@return whether this is a token lookup index, which every new store has already} */
    public boolean isLookup() {
        return type.equals("LOOKUP");
    }
}
