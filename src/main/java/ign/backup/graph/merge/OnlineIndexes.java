package ign.backup.graph.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.common.EntityType;
import org.neo4j.internal.kernel.api.InternalIndexState;
import org.neo4j.internal.kernel.api.SchemaRead;
import org.neo4j.internal.kernel.api.exceptions.schema.IndexNotFoundKernelException;
import org.neo4j.internal.schema.IndexDescriptor;
import org.neo4j.internal.schema.IndexType;

/** The range indexes that can be asked at the moment, those of constraints among them. */
final class OnlineIndexes {

    /** One of them, with the shape that it serves; its properties are in the order of the index. */
    record Index(Shape shape, IndexDescriptor descriptor) {}

    private final List<Index> all = new ArrayList<>();
    private final Map<Shape, Optional<Index>> serving = new HashMap<>();
    private final Map<EntityType, List<Index>> unique = new EnumMap<>(EntityType.class);

    OnlineIndexes(SchemaRead schema) throws IndexNotFoundKernelException {
        var snapshot = schema.snapshot(); // takes no lock, on which somebody's schema change would wait
        var indexes = snapshot.indexesGetAll();
        while (indexes.hasNext()) {
            var index = indexes.next();
            if (index.getIndexType() == IndexType.RANGE
                    && snapshot.indexGetStateNonLocking(index) == InternalIndexState.ONLINE) {
                var schemaOfIndex = index.schema();
                var properties =
                        Arrays.stream(schemaOfIndex.getPropertyIds()).boxed().toList();
                for (int token : schemaOfIndex.getEntityTokenIds()) {
                    all.add(new Index(new Shape(schemaOfIndex.entityType(), token, properties), index));
                }
            }
        }
    }

    /** {@return an index on the properties of that shape, in whatever order} */
    Optional<Index> serving(Shape shape) {
        return serving.computeIfAbsent(shape, asked -> all.stream()
                .filter(index -> serves(index.shape, asked))
                .findFirst());
    }

    private static boolean serves(Shape index, Shape asked) {
        return index.kind() == asked.kind()
                && index.token() == asked.token()
                && index.properties().size() == asked.properties().size()
                && new HashSet<>(index.properties()).containsAll(asked.properties());
    }

    /** {@return the indexes that allow each tuple of values once} */
    List<Index> unique(EntityType kind) {
        return unique.computeIfAbsent(kind, asked -> all.stream()
                .filter(index -> index.descriptor.isUnique() && index.shape.kind() == asked)
                .toList());
    }
}
