package ign.backup.graph.merge;

import java.util.List;
import java.util.Optional;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.jspecify.annotations.Nullable;
import org.neo4j.exceptions.KernelException;
import org.neo4j.values.storable.Value;

/**
 * Foretells which uniqueness constraint would refuse an element: a transaction in which one has refused something is lost as a whole,
 * and a dry run has none that could.
 */
final class UniqueRules {

    private final Changes changes;

    UniqueRules(Changes changes) {
        this.changes = changes;
    }

    /** {@return why the database would refuse to hold {@code file} in the place of {@code before}, which is null for a new element} */
    Optional<String> refusal(FileElement file, @Nullable LiveElement before, LiveGraph live) throws KernelException {
        var rules = live.indexes().unique(file.kind());
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        var after = before == null ? Intended.of(file, live) : Intended.of(file, before, live);
        for (var rule : rules) {
            var values = rule.shape().valuesOf(after);
            if (values == null
                    || (before != null && Finder.areEqual(values, rule.shape().valuesOf(before)))) {
                continue;
            }
            if (isHeldByAnother(rule, values, after.id(), live) || changes.isTaken(rule.shape(), values, file)) {
                return Optional.of("constraint '" + rule.descriptor().getName() + "' allows "
                        + ElementKey.text(names(rule.shape(), live), values) + " once, and another has it");
            }
        }
        return Optional.empty();
    }

    private boolean isHeldByAnother(OnlineIndexes.Index rule, Value[] values, long self, LiveGraph live)
            throws KernelException {
        LongArrayList holders = live.seek(rule, rule.shape(), values);
        for (int i = 0; i < holders.size(); i++) {
            var holder = live.element(rule.shape().kind(), holders.get(i));
            if (holder != null && holder.id() != self && changes.has(holder, rule.shape(), values)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(Shape shape, LiveGraph live) {
        return shape.properties().stream()
                .map(key -> live.tokens().propertyKeyGetName(key))
                .toList();
    }
}
