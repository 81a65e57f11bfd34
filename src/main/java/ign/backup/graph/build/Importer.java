package ign.backup.graph.build;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.AdditionalInitialIds;
import org.neo4j.batchimport.api.BatchImporter;
import org.neo4j.batchimport.api.Configuration;
import org.neo4j.batchimport.api.IndexImporterFactory;
import org.neo4j.batchimport.api.Monitor;
import org.neo4j.batchimport.api.input.Collector;
import org.neo4j.configuration.Config;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.io.pagecache.context.CursorContextFactory;
import org.neo4j.io.pagecache.tracing.PageCacheTracer;
import org.neo4j.kernel.impl.index.schema.IndexImporterFactoryImpl;
import org.neo4j.kernel.impl.transaction.log.files.TransactionLogInitializer;
import org.neo4j.logging.internal.LogService;
import org.neo4j.logging.internal.NullLogService;
import org.neo4j.memory.EmptyMemoryTracker;
import org.neo4j.memory.MemoryTracker;
import org.neo4j.scheduler.JobScheduler;
import org.neo4j.storageengine.api.LogFilesInitializer;
import org.neo4j.storageengine.api.StorageEngineFactory;

/** Neo4j's importer, set up to work beside a running server. */
public final class Importer {

    private Importer() {}

    /** What is taken from the server. */
    public record Environment(FileSystemAbstraction fileSystem, JobScheduler scheduler) {}

    /**
     * {@return an importer of one store}
     *
     * @param staging where it is built; empty
     * @param lookupIndexes whether it gets the indexes of labels and types
     * @param lastTxId its next transaction has the id after this one
     */
    public static BatchImporter of(
            Staging staging, BuildOptions options, boolean lookupIndexes, long lastTxId, Environment server) {
        return ImporterSeam.importer(
                StorageEngineFactory.selectStorageEngine(staging.config()),
                server.fileSystem(),
                arguments(staging, options, lookupIndexes, lastTxId, server));
    }

    /** {@return what the importer is told, by the type of the parameter} */
    static Map<Class<?>, @Nullable Object> arguments(
            Staging staging, BuildOptions options, boolean lookupIndexes, long lastTxId, Environment server) {
        Map<Class<?>, @Nullable Object> arguments = new HashMap<>();
        arguments.put(DatabaseLayout.class, staging.layout());
        arguments.put(FileSystemAbstraction.class, server.fileSystem());
        arguments.put(PageCacheTracer.class, PageCacheTracer.NULL);
        arguments.put(Configuration.class, new ImporterSettings(options, lookupIndexes));
        arguments.put(LogService.class, NullLogService.getInstance());
        arguments.put(PrintStream.class, null); // or it prints to the server's own streams as well
        arguments.put(AdditionalInitialIds.class, new InitialIds(lastTxId));
        arguments.put(Config.class, staging.config());
        arguments.put(Monitor.class, Monitor.NO_MONITOR);
        arguments.put(JobScheduler.class, server.scheduler());
        arguments.put(Collector.class, Collector.STRICT);
        arguments.put(LogFilesInitializer.class, TransactionLogInitializer.getLogFilesInitializer());
        arguments.put(IndexImporterFactory.class, new IndexImporterFactoryImpl());
        arguments.put(MemoryTracker.class, EmptyMemoryTracker.INSTANCE);
        arguments.put(CursorContextFactory.class, CursorContextFactory.NULL_CONTEXT_FACTORY);
        return arguments;
    }
}
