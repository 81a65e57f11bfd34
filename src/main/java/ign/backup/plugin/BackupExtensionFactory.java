package ign.backup.plugin;

import java.util.function.Supplier;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.database.DatabaseContextProvider;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.extension.ExtensionFactory;
import org.neo4j.kernel.extension.ExtensionType;
import org.neo4j.kernel.extension.context.ExtensionContext;
import org.neo4j.kernel.lifecycle.Lifecycle;
import org.neo4j.logging.internal.LogService;
import org.neo4j.monitoring.Monitors;
import org.neo4j.scheduler.JobScheduler;
import org.neo4j.server.web.WebServer;

/** Found by Neo4j in the plugin's JAR; makes the one extension of a server. */
public final class BackupExtensionFactory extends ExtensionFactory<BackupExtensionFactory.Dependencies> {

    /** Everything that the plugin takes from the server. */
    public interface Dependencies {

        /** {@return the server's databases} */
        DatabaseManagementService databaseManagement();

        /** {@return the databases' inner sides} */
        DatabaseContextProvider<?> databaseContexts();

        /** {@return the server's settings} */
        Config config();

        /** {@return the server's files} */
        FileSystemAbstraction fileSystem();

        /** {@return the server's threads} */
        JobScheduler scheduler();

        /** {@return where listeners of what happens inside are known} */
        Monitors monitors();

        /** {@return the server's logs} */
        LogService logs();

        /** {@return the server's HTTP side, which there is unless it is off} */
        Supplier<WebServer> webServer();

        /** {@return where the procedures' own components are made known} */
        GlobalProcedures procedures();
    }

    /** Called by Neo4j's service loader. */
    public BackupExtensionFactory() {
        super(ExtensionType.GLOBAL, "ign-backup");
    }

    @Override
    public Lifecycle newInstance(ExtensionContext context, Dependencies dependencies) {
        return new BackupExtension(dependencies);
    }
}
