package ign.backup.graph.kernel;

import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.database.DatabaseContextProvider;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.monitoring.Monitors;
import org.neo4j.scheduler.JobScheduler;

/** What is taken from the server; it is there before any database is open. */
public record ServerParts(
        DatabaseManagementService dbms,
        DatabaseContextProvider<?> contexts,
        Config config,
        FileSystemAbstraction fileSystem,
        JobScheduler scheduler,
        Monitors monitors) {}
