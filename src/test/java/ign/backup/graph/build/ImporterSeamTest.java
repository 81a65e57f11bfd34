package ign.backup.graph.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.batchimport.api.Configuration;
import org.neo4j.configuration.Config;
import org.neo4j.io.fs.DefaultFileSystemAbstraction;
import org.neo4j.io.layout.Neo4jLayout;
import org.neo4j.kernel.impl.scheduler.JobSchedulerFactory;
import org.neo4j.storageengine.api.StorageEngineFactory;

/** What Neo4j's importer is told of the machine; that it keeps to its number of threads shows on real servers. */
class ImporterSeamTest {

    private static final BuildOptions OPTIONS = new BuildOptions(3, 77L << 20, Optional.empty());

    @TempDir
    private Path home = Path.of("");

    @Test
    void theImporterIsToldThreadsAndMemoryAsTheyAreSet() throws Exception {
        var told = configuration(true);

        assertThat(told.maxNumberOfWorkerThreads()).isEqualTo(3);
        assertThat(told.maxOffHeapMemory()).isEqualTo(77L << 20);
        assertThat(told.indexConfig().createLabelIndex()).isTrue();
        assertThat(told.indexConfig().createRelationshipIndex()).isTrue();
    }

    @Test
    void aGraphWithoutIndexesOfLabelsAndTypesGetsNone() throws Exception {
        var told = configuration(false);

        assertThat(told.indexConfig().createLabelIndex()).isFalse();
        assertThat(told.indexConfig().createRelationshipIndex()).isFalse();
    }

    /** {@return what arrives at a store engine that only looks at it} */
    private Configuration configuration(boolean lookupIndexes) throws Exception {
        var layout = Neo4jLayout.of(home).databaseLayout("neo4j");
        var staging = Staging.of(layout, Config.defaults(), OPTIONS.staging(), OPTIONS.memoryBytes());
        try (var fileSystem = new DefaultFileSystemAbstraction();
                var scheduler = JobSchedulerFactory.createInitialisedScheduler()) {
            var server = new Importer.Environment(fileSystem, scheduler);
            var given = new RecordedCall();
            ImporterSeam.importer(
                    given.engine(), fileSystem, Importer.arguments(staging, OPTIONS, lookupIndexes, 4711, server));
            return given.only(Configuration.class);
        }
    }

    /** The arguments of the one call of an engine. */
    private static final class RecordedCall {
        private List<Object> arguments = List.of();

        StorageEngineFactory engine() {
            return (StorageEngineFactory) Proxy.newProxyInstance(
                    StorageEngineFactory.class.getClassLoader(),
                    new Class<?>[] {StorageEngineFactory.class},
                    (proxy, method, all) -> {
                        arguments = Arrays.stream(all)
                                .filter(given -> given != null)
                                .toList();
                        return null;
                    });
        }

        <T> T only(Class<T> type) {
            var found =
                    arguments.stream().filter(type::isInstance).map(type::cast).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
