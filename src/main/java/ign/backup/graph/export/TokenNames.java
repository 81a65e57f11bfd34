package ign.backup.graph.export;

import ign.backup.model.BackupException;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphSink.Name;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.neo4j.exceptions.KernelException;
import org.neo4j.internal.kernel.api.TokenRead;

/** Finds the sink's handle for a token: by one look into an array once it has been met. Safe for several threads. */
final class TokenNames {

    private final Table keys;
    private final Table labels;
    private final Table types;

    TokenNames(GraphSink sink) {
        this.keys = new Table("property key", (id, tokens) -> sink.key(tokens.propertyKeyName(id)));
        this.labels = new Table("label", (id, tokens) -> sink.label(tokens.nodeLabelName(id)));
        this.types = new Table("relationship type", (id, tokens) -> sink.type(tokens.relationshipTypeName(id)));
    }

    Name key(int id, TokenRead tokens) {
        return keys.get(id, tokens);
    }

    Name label(int id, TokenRead tokens) {
        return labels.get(id, tokens);
    }

    Name type(int id, TokenRead tokens) {
        return types.get(id, tokens);
    }

    /** Gives the handle of a token that is met for the first time. */
    @FunctionalInterface
    private interface FirstLook {
        Name at(int id, TokenRead tokens) throws KernelException;
    }

    private static final class Table {
        private final String kind;
        private final FirstLook first;
        private volatile AtomicReferenceArray<Name> known = new AtomicReferenceArray<>(64);

        Table(String kind, FirstLook first) {
            this.kind = kind;
            this.first = first;
        }

        Name get(int id, TokenRead tokens) {
            var names = known;
            var name = id < names.length() ? names.get(id) : null;
            return name != null ? name : meet(id, tokens);
        }

        private synchronized Name meet(int id, TokenRead tokens) {
            try {
                var name = first.at(id, tokens);
                if (id >= known.length()) {
                    known = grown(known, Math.max(id + 1, known.length() * 2));
                }
                known.set(id, name);
                return name;
            } catch (KernelException e) {
                throw new BackupException.Damaged(
                        "the database uses a " + kind + " with token id " + id + " that has no name",
                        "The store is inconsistent: stop the server and run neo4j-admin database check.",
                        e);
            }
        }

        private static AtomicReferenceArray<Name> grown(AtomicReferenceArray<Name> names, int length) {
            var grown = new AtomicReferenceArray<Name>(length);
            for (int i = 0; i < names.length(); i++) {
                grown.set(i, names.get(i));
            }
            return grown;
        }
    }
}
