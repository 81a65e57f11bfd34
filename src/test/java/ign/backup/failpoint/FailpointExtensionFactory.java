package ign.backup.failpoint;

import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.kernel.extension.ExtensionFactory;
import org.neo4j.kernel.extension.ExtensionType;
import org.neo4j.kernel.extension.context.ExtensionContext;
import org.neo4j.kernel.lifecycle.Lifecycle;
import org.neo4j.kernel.lifecycle.LifecycleAdapter;
import org.neo4j.monitoring.Monitors;

/** Listens to the restores of its server. */
public final class FailpointExtensionFactory extends ExtensionFactory<FailpointExtensionFactory.Dependencies> {

    /** What it takes from the server. */
    public interface Dependencies {

        /** {@return where it listens} */
        Monitors monitors();

        /** {@return the server's databases} */
        DatabaseManagementService databases();
    }

    /** Called by Neo4j's service loader. */
    public FailpointExtensionFactory() {
        super(ExtensionType.GLOBAL, "failpoints");
    }

    @Override
    public Lifecycle newInstance(ExtensionContext context, Dependencies dependencies) {
        return new LifecycleAdapter() {
            @Override
            public void init() {
                Failpoints.OF_THIS_SERVER.useDatabasesOf(dependencies.databases());
                dependencies.monitors().addMonitorListener(Failpoints.OF_THIS_SERVER);
                // A server that is told to stop stops in a hook, too, and waits there for what waits here.
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(Failpoints.OF_THIS_SERVER::release, "failpoints-release"));
            }
        };
    }
}
