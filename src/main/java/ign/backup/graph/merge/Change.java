package ign.backup.graph.merge;

import java.util.ArrayList;
import java.util.List;
import org.neo4j.common.EntityType;
import org.neo4j.internal.kernel.api.TokenRead;

/**
 * What an element of the database lacks of one in the file.
 *
 * @param labels to be added
 * @param properties places in the file's element of those that are missing or stored otherwise
 */
record Change(List<String> labels, List<Integer> properties) {

    /** {@return the labels and properties that {@code live} lacks; the type of a relationship is taken for equal} */
    static Change of(FileElement file, LiveElement live, TokenRead tokens) {
        var labels = new ArrayList<String>();
        if (file.kind() == EntityType.NODE) {
            for (var label : file.tokens()) {
                if (!live.has(tokens.nodeLabel(label))) {
                    labels.add(label);
                }
            }
        }
        var properties = new ArrayList<Integer>();
        for (int i = 0; i < file.propertyCount(); i++) {
            var before = live.properties().get(tokens.propertyKey(file.key(i)));
            if (before == null || !SameValue.is(before, file.value(i))) {
                properties.add(i);
            }
        }
        return new Change(labels, properties);
    }

    boolean isEmpty() {
        return labels.isEmpty() && properties.isEmpty();
    }
}
