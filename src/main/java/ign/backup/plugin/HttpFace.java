package ign.backup.plugin;

import ign.backup.web.MetricsResource;
import ign.backup.web.MetricsText;
import ign.backup.web.PageFilter;
import java.util.List;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.connectors.HttpsConnector;
import org.neo4j.server.web.Injectable;

/**
 * What we have at the server's own HTTP port, below {@code /ign/backup}: the files of the page for everyone, all else behind Neo4j's
 * authentication.
 */
final class HttpFace {

    private static final String MOUNT = "/ign/backup";

    private HttpFace() {}

    /**
     * Puts it there; to be called before the server opens its ports, so that our filter comes before that of the authentication.
     * Without HTTP there is nothing to do.
     */
    static void mount(BackupExtensionFactory.Dependencies server, MetricsText metrics) {
        if (isOn(server.config())) {
            var web = server.webServer().get();
            web.addFilter(new PageFilter(MOUNT), "/*");
            web.addJAXRSClasses(
                    List.of(MetricsResource.class), MOUNT, List.of(Injectable.injectable(MetricsText.class, metrics)));
        }
    }

    private static boolean isOn(Config config) {
        return config.get(HttpConnector.enabled) || config.get(HttpsConnector.enabled);
    }
}
