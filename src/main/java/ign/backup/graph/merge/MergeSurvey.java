package ign.backup.graph.merge;

import ign.backup.graph.kernel.StoredValues;
import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import ign.backup.model.MergeKeys;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.neo4j.values.storable.Value;

/**
 * A first look at the whole file, before anything is written: only then it is known which of its elements have the same key, or stand
 * beside another of the same type between the same nodes. The order of nodes and relationships does not matter.
 *
 * <p>Takes 8 bytes of heap for each key and each relationship. For one thread.
 */
public final class MergeSurvey implements GraphVisitor {

    private final MergeKeys keys;
    private final Set<String> labels = new TreeSet<>();
    private final Set<String> types = new TreeSet<>();
    private final Repeated nodeKeys = new Repeated();
    private final Repeated relationshipKeys = new Repeated();
    private final Repeated places = new Repeated();

    /** Looks for elements with these keys. */
    public MergeSurvey(MergeKeys keys) {
        this.keys = keys;
    }

    @Override
    public void node(Element.Node node) {
        for (int i = 0; i < node.labelCount(); i++) {
            var key = ElementKey.of(node.label(i), keys, property -> value(node, property));
            if (key != null && isFirst(node, i)) {
                labels.add(key.token);
                nodeKeys.add(key.hash());
            }
        }
    }

    private static boolean isFirst(Element.Node node, int index) {
        for (int i = 0; i < index; i++) {
            if (node.label(i).equals(node.label(index))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void relationship(Element.Relationship relationship) {
        var type = relationship.type();
        if (keys.propertiesOf(type).isEmpty()) {
            places.add(place(relationship.startId(), type, relationship.endId()));
            return;
        }
        var key = ElementKey.of(type, keys, property -> value(relationship, property));
        if (key != null) {
            types.add(type);
            relationshipKeys.add(key.hash());
        }
    }

    private static @Nullable Value value(Element element, String property) {
        for (int i = 0; i < element.propertyCount(); i++) {
            if (element.key(i).equals(property)) {
                return StoredValues.toStored(element.value(i));
            }
        }
        return null;
    }

    private static long place(long start, String type, long end) {
        return Hashes.mix(Hashes.mix(Hashes.of(type), start), end);
    }

    /** The file has been seen. */
    void end() {
        nodeKeys.seal();
        relationshipKeys.seal();
        places.seal();
    }

    MergeKeys keys() {
        return keys;
    }

    /** {@return the labels of whose keys the file has at least one} */
    Set<String> labels() {
        return labels;
    }

    /** {@return the types of whose keys the file has at least one} */
    Set<String> types() {
        return types;
    }

    /** {@return whether several nodes of the file have that key} */
    boolean isSharedByNodes(ElementKey key) {
        return nodeKeys.contains(key.hash());
    }

    /** {@return whether several relationships of the file have that key} */
    boolean isSharedByRelationships(ElementKey key) {
        return relationshipKeys.contains(key.hash());
    }

    /** {@return whether the file has another of the same type from the same node to the same; for types without a key} */
    boolean isParallel(FileElement.OfRelationship relationship) {
        return places.contains(place(relationship.start, relationship.type, relationship.end));
    }
}
