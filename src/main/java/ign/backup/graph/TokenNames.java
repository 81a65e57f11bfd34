package ign.backup.graph;

import ign.backup.model.BackupException;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphSink.Name;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.neo4j.exceptions.KernelException;
import org.neo4j.internal.kernel.api.TokenRead;

/** Finds the sink's handle for a token: by one array access once it has been met. For one thread. */
final class TokenNames {

    private final Table keys;
    private final Table labels;
    private final Table types;

    TokenNames(GraphSink sink, TokenRead tokens) {
        this.keys = new Table("property key", id -> sink.key(tokens.propertyKeyName(id)));
        this.labels = new Table("label", id -> sink.label(tokens.nodeLabelName(id)));
        this.types = new Table("relationship type", id -> sink.type(tokens.relationshipTypeName(id)));
    }

    Name key(int id) {
        return keys.get(id);
    }

    Name label(int id) {
        return labels.get(id);
    }

    Name type(int id) {
        return types.get(id);
    }

    /** Gives the handle of a token that is met for the first time. */
    @FunctionalInterface
    private interface FirstLook {
        Name at(int id) throws KernelException;
    }

    private static final class Table {
        private final String kind;
        private final FirstLook first;
        private @Nullable Name[] known = new Name[64];

        Table(String kind, FirstLook first) {
            this.kind = kind;
            this.first = first;
        }

        Name get(int id) {
            var name = id < known.length ? known[id] : null;
            return name != null ? name : meet(id);
        }

        private Name meet(int id) {
            try {
                var name = first.at(id);
                if (id >= known.length) {
                    known = Arrays.copyOf(known, Math.max(id + 1, known.length * 2));
                }
                known[id] = name;
                return name;
            } catch (KernelException e) {
                throw new BackupException.Damaged(
                        "the database uses a " + kind + " with token id " + id + " that has no name",
                        "The store is inconsistent: stop the server and run neo4j-admin database check.",
                        e);
            }
        }
    }
}
