package ign.backup.graph.build;

import ign.backup.model.GraphVisitor;
import java.util.function.Supplier;

/**
 * Takes the elements of a backup for a new store. Each thread that reads asks for a visitor of its own; all nodes are shown before
 * the first relationship.
 */
public interface StoreLoader extends Supplier<GraphVisitor>, AutoCloseable {

    /** Returns when the store is complete. */
    void finish();

    /** Ends the building if it has not ended; then the store is of no use. */
    @Override
    void close();
}
