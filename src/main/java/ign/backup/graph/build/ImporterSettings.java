package ign.backup.graph.build;

import org.neo4j.batchimport.api.Configuration;
import org.neo4j.batchimport.api.IndexConfig;

/**
 * What Neo4j's importer may take of the machine. By itself it takes nine tenths of the memory, of which a server has none to
 * spare.
 */
final class ImporterSettings implements Configuration {

    private final BuildOptions options;
    private final boolean lookupIndexes;

    ImporterSettings(BuildOptions options, boolean lookupIndexes) {
        this.options = options;
        this.lookupIndexes = lookupIndexes;
    }

    @Override
    public int maxNumberOfWorkerThreads() {
        return options.threads();
    }

    @Override
    public long maxOffHeapMemory() {
        return options.memoryBytes();
    }

    @Override
    public IndexConfig indexConfig() {
        var none = IndexConfig.create();
        return lookupIndexes ? none.withLabelIndex().withRelationshipTypeIndex() : none;
    }

    /** 2026.08 asks this, and would record what the whole server does. */
    @SuppressWarnings({"UnusedMethod", "unused"})
    public boolean enableInstrumentation() {
        return false;
    }
}
